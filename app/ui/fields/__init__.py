"""One entry widget per kind of field, made from its `FieldSpec`."""
