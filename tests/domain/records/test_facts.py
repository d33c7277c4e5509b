"""What a record type is stands beside its class, and fits it."""

from __future__ import annotations

from typing import Annotated, ClassVar

import pytest

from app.domain.kernel.fields import Field, Kind, by_name
from app.domain.records import TYPES, Record
from app.domain.records.facts import Carry, Facts, Search, check
from app.domain.records.registry import register, shown

IDS = list(TYPES)


class Note(Record, frozen=True, kw_only=True):
    """A type that is only looked at."""

    type_name: ClassVar[str] = "note"
    label: ClassVar[str] = "便条"

    title: Annotated[str, Field("标题", required=True)] = ""
    visit: Annotated[str, Field("走访", links="visit")] = ""


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (Facts(place=None, title=("titel",)), "has no field titel"),
        (Facts(place=None, telling=("visits 走访",)), "has no field visits"),
        (Facts(place=None, carried=(Carry("visit", {"titles": "number"}),)), "has no field titles"),
        (Facts(place=None, around=("title",)), "has no link title"),
        (Facts(place=None, title=("attachments",)), "is not called by attachments"),
        (Facts(place=None, search=Search("n"), certain=(("title",),)), "does not index title"),
    ],
)
def test_facts_that_do_not_fit_the_class_are_refused(facts: Facts, said: str) -> None:
    with pytest.raises(TypeError, match=said):
        check(Note, facts)


def test_a_type_without_facts_is_not_made_known() -> None:
    with pytest.raises(TypeError, match="Note has no facts"):
        register(Note)
    assert "note" not in TYPES


def test_two_types_are_not_searched_by_one_letter() -> None:
    class Second(Note, frozen=True, kw_only=True):
        """Takes the letter of 走访登记."""

        type_name: ClassVar[str] = "second"
        facts: ClassVar[Facts] = Facts(place=None, search=Search("v"))

    with pytest.raises(TypeError, match="letter"):
        register(Second)
    assert "second" not in TYPES


@pytest.mark.parametrize("record_type", TYPES.values(), ids=IDS)
def test_what_is_carried_over_stands_in_the_record_it_is_taken_from(
    record_type: type[Record],
) -> None:
    own = by_name(record_type)
    for carry in record_type.facts.carried:
        there = by_name(TYPES[own[carry.link].field.links])
        for name, source in carry.fields.items():
            assert own[name].kind == there[source].kind, (name, source)


@pytest.mark.parametrize("record_type", TYPES.values(), ids=IDS)
def test_a_fact_names_a_field_of_its_kind(record_type: type[Record]) -> None:
    facts, own = record_type.facts, by_name(record_type)
    days = {Kind.DATE, Kind.TIME}
    assert all(own[name].kind in days for name in (facts.day, *facts.steps) if name)
    assert not facts.progress or own[facts.progress].kind is Kind.CODE
    texts = {Kind.TEXT, Kind.NAMES}
    assert all(own[name].kind in texts for name in (facts.search.fields if facts.search else ()))
    sums = {Kind.MONEY, Kind.INTEGER}
    assert all(own[name].kind in sums for name in facts.summed)


def test_the_pages_stand_in_the_order_of_the_navigation() -> None:
    wanted = [
        "走访登记", "意见诉求", "困难职工档案", "帮扶事项", "帮扶记录", "隐患预警",
        "企（事）业单位", "走访安排", "工作组", "材料",
    ]  # fmt: skip
    assert [one.label for one in shown() if one.label in wanted] == wanted
