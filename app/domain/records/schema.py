"""JSON Schema of every record type, made from the same fields as everything else."""

from __future__ import annotations

from typing import Any

import msgspec

from app.domain.kernel.fields import MONEY_PATTERN, FieldSpec, Kind, fields_of
from app.domain.records import Record

DRAFT = "https://json-schema.org/draft/2020-12/schema"

_STRING = {"type": "string"}
_LIST = {"type": "array", "items": _STRING}

_KINDS: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: _STRING,
    Kind.PROSE: _STRING,
    Kind.CODE: _STRING,
    Kind.LINK: _STRING,
    Kind.INTEGER: {"type": "integer"},
    Kind.MONEY: {"type": "string", "pattern": MONEY_PATTERN},
    Kind.DATE: {"type": "string", "format": "date"},
    Kind.TIME: {"type": "string", "format": "date-time"},
    Kind.FLAG: {"type": "boolean"},
    Kind.CODES: _LIST,
    Kind.NAMES: _LIST,
    Kind.LINKS: _LIST,
    Kind.OBJECT: {},
}


def json_schema(record_type: type[Record]) -> dict[str, Any]:
    """The schema of a type's body. Unknown members are allowed and kept (package format §1)."""
    return {
        "$schema": DRAFT,
        "$id": f"zoufang:{record_type.type_name}:{record_type.schema}",
        "title": record_type.label,
        "description": (record_type.__doc__ or "").strip().splitlines()[0],
        **_object(fields_of(record_type)),
    }


def schema_text(record_type: type[Record]) -> str:
    """The schema as the file kept in resources/schemas."""
    encoded = msgspec.json.encode(json_schema(record_type))
    return msgspec.json.format(encoded, indent=2).decode() + "\n"


def _object(specs: tuple[FieldSpec, ...]) -> dict[str, Any]:
    return {"type": "object", "properties": {spec.name: _member(spec) for spec in specs}}


def _member(spec: FieldSpec) -> dict[str, Any]:
    if spec.kind is Kind.ROWS:
        base: dict[str, Any] = {"type": "array", "items": _object(spec.columns)}
    else:
        base = dict(_KINDS[spec.kind])
        if spec.name == "extra":
            base["type"] = "object"
    field = spec.field
    notes = {"title": field.label, "description": field.help, "x-unit": field.unit}
    notes |= {"x-codes": field.codes.name if field.codes else "", "x-links": field.links}
    return base | {name: value for name, value in notes.items() if value}
