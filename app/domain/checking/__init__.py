"""逻辑检查: what is wrong with a record."""
