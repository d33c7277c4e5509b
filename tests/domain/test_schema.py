"""The JSON Schemas kept in resources are the ones the fields make."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import msgspec
import pytest

from app.domain.records import TYPES, Aid, Record, Visit
from app.domain.records.schema import json_schema, schema_text

KEPT = Path(__file__).resolve().parents[2] / "resources" / "schemas"


@pytest.mark.parametrize("record_type", TYPES.values(), ids=TYPES)
def test_the_kept_schema_is_what_the_fields_make(record_type: type[Record]) -> None:
    kept = (KEPT / f"{record_type.type_name}.json").read_text(encoding="utf-8")
    assert kept == schema_text(record_type), "run packaging/write_schemas.py"


def test_no_schema_is_kept_of_a_type_that_is_gone() -> None:
    assert {path.stem for path in KEPT.glob("*.json")} == set(TYPES)


@pytest.mark.parametrize("record_type", TYPES.values(), ids=TYPES)
def test_every_schema_is_itself_valid(record_type: type[Record]) -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema(record_type))


@pytest.mark.parametrize(
    ("record_type", "body"),
    [
        (Visit, {"leaders": ["李明书"], "headcount": 0, "visited_on": "2011-07-20"}),
        (Visit, {"a member of a later version": [1, {"kept": True}]}),
        (Aid, {"money": "1000.50", "goods_value": "0"}),
        (Visit, {"headcount": "1250"}),
        (Visit, {"headcount": 12.5}),
        (Visit, {"leaders": "李明书"}),
        (Visit, {"extra": []}),
        (Aid, {"money": 1000}),
        (Aid, {"money": "1e3"}),
        (Aid, {"money": "-5"}),
        (Aid, {"money": "1.234"}),
    ],
)
def test_reading_a_body_and_its_schema_agree(
    record_type: type[Record], body: dict[str, object]
) -> None:
    validator = jsonschema.Draft202012Validator(json_schema(record_type))
    try:
        msgspec.convert(body, record_type)
    except msgspec.ValidationError:
        assert not validator.is_valid(body)
    else:
        assert validator.is_valid(body)
