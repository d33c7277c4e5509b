"""A field is read as an attribute or through its definition, never by a name in a string."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.kernel.fields import by_name, value_of
from app.domain.records import TYPES, Campaign, Demand, Person, Visit
from app.domain.records.told import day_of, names_of, text_of, title_in, title_link, title_of

ROOT = Path(__file__).resolve().parents[3]
FIELDS = {name for kind in TYPES.values() for name in by_name(kind)}


def guessed(path: Path) -> Iterator[str]:
    """The fields of records that a file asks for with `getattr` and a string."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "getattr":
            name = node.args[1]
            if isinstance(name, ast.Constant) and name.value in FIELDS:
                yield f"{path.name}:{node.lineno} {name.value}"


@pytest.mark.parametrize("room", ["app", "database", "demo"])
def test_no_field_is_asked_for_by_a_string(room: str) -> None:
    assert [found for path in (ROOT / room).rglob("*.py") for found in guessed(path)] == []


def test_a_field_that_is_not_there_is_a_bug_or_empty_where_it_may_be_missing() -> None:
    person = Person(name="沈大山")
    assert value_of(person, "name") == "沈大山"
    with pytest.raises(AttributeError):
        value_of(person, "campaign")
    assert text_of(person, "campaign") == ""
    assert text_of(Visit(campaign="2011-36"), "campaign") == "2011-36"


def test_a_record_is_called_by_the_first_title_that_is_filled_in() -> None:
    assert title_of(Campaign(title="关于开展“访企业”活动的通知")) == "关于开展“访企业”活动的通知"
    assert title_of(Campaign(title="通知", short_title="访企业")) == "访企业"
    assert title_of(Demand(enterprise="e1")) == ""
    link = title_link(Demand)
    assert link is not None
    assert link.name == "enterprise"
    assert title_in(Visit, {"enterprise_name": "甲厂", "leaders": ["李明书"]}) == "甲厂"
    assert title_in(Visit, {"enterprise_name": None}) == ""


def test_a_person_may_name_a_record_by_its_title_its_spellings_and_what_is_certain() -> None:
    assert names_of(Person) == ("name", "resident_id")
    assert names_of(TYPES["enterprise"]) == ("name", "aliases", "uscc")


def test_the_day_of_a_moment_is_its_day() -> None:
    found = TYPES["hazard"]
    assert found.facts.day == "found_at"
    assert day_of(found()) is None
