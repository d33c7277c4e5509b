"""A field is one line of a record; everything else reads it from there."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

import pytest

from app.domain.kernel.fields import MOST_ADDED, ExtraField, Field, Kind, fields_of
from app.domain.records import TYPES, Campaign, Person, Record, Visit


@pytest.mark.parametrize("record_type", TYPES.values(), ids=TYPES)
def test_every_member_of_every_record_has_a_label(record_type: type[Record]) -> None:
    assert all(spec.label for spec in fields_of(record_type))


@pytest.mark.parametrize("record_type", TYPES.values(), ids=TYPES)
def test_no_two_fields_of_a_record_share_a_label(record_type: type[Record]) -> None:
    labels = [spec.label for spec in fields_of(record_type)]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("record_type", TYPES.values(), ids=TYPES)
def test_every_link_names_a_record_type(record_type: type[Record]) -> None:
    assert {spec.field.links for spec in fields_of(record_type)} - {""} <= set(TYPES)


@pytest.mark.parametrize("record_type", TYPES.values(), ids=TYPES)
def test_an_empty_record_has_an_empty_body(record_type: type[Record]) -> None:
    from app.domain.records import body_of

    assert body_of(record_type()) == {}


def test_the_marks_of_the_numbers_tell_the_types_apart() -> None:
    marks = [record_type.mark for record_type in TYPES.values()]
    assert len(marks) == len(set(marks))
    assert Visit.mark == ""


def test_the_blanks_of_the_form_come_first() -> None:
    names = [spec.name for spec in fields_of(Visit)]
    assert names[:4] == ["number", "campaign", "leaders", "enterprise_name"]
    assert names[-4:] == ["attachments", "remarks", "accepted", "extra"]


def test_kinds_follow_from_the_annotation() -> None:
    kinds = {spec.name: spec.kind for spec in fields_of(Person)}
    assert kinds["name"] is Kind.TEXT
    assert kinds["monthly_income"] is Kind.MONEY
    assert kinds["born"] is Kind.DATE
    assert kinds["sex"] is Kind.CODE
    assert kinds["categories"] is Kind.CODES
    assert kinds["enterprise"] is Kind.LINK
    assert kinds["family"] is Kind.ROWS
    assert kinds["story"] is Kind.PROSE
    assert kinds["no_earner"] is Kind.FLAG


def test_the_columns_of_rows_are_fields_too() -> None:
    family = next(spec for spec in fields_of(Person) if spec.name == "family")
    assert [column.name for column in family.columns][:3] == ["id", "name", "relation"]
    assert family.shape == "rows"


def test_a_campaign_adds_a_field() -> None:
    campaign = Campaign(
        extra_fields=(
            ExtraField(type="visit", name="season", label="季节", options=("春", "夏")),
            ExtraField(type="person", name="other", label="其他"),
        )
    )
    added = fields_of(Visit, campaign)[-1]
    assert (added.name, added.label, added.extra) == ("season", "季节", True)
    assert added.field.codes is not None
    assert added.field.codes.find("夏") is not None
    assert len(fields_of(Visit, campaign)) == len(fields_of(Visit)) + 1


def test_of_what_another_program_adds_only_what_can_be_kept_is_there() -> None:
    """A package of the city that was made by something else than this program."""

    def added(**told: Any) -> ExtraField:
        return ExtraField(**{"type": "visit", "name": "coal", "label": "取暖用煤", **told})

    hostile = (
        added(name="a') --"),
        added(name="headcount"),
        added(name="rows", kind=Kind.ROWS, label="煤\n\x00\x1b[31m炭"),
        added(name="few", longest=-5, label="\n", unit="吨\n", options=("甲", "", "\n", "甲 ")),
    )
    many = tuple(added(name=f"c{n}", label=f"项{n}") for n in range(10_000))
    specs = fields_of(Visit, Campaign(extra_fields=(*hostile, *many)))[len(fields_of(Visit)) :]
    assert len(specs) == MOST_ADDED
    rows, few = specs[:2]
    assert (rows.name, rows.kind, rows.label) == ("rows", Kind.TEXT, "煤 [31m炭")
    assert (few.label, few.field.unit, few.field.longest) == ("few", "吨", 200)
    assert [code.value for code in few.field.codes or ()] == ["甲"]


def test_a_member_without_a_field_is_a_mistake_in_the_program() -> None:
    class Careless(Record, frozen=True, kw_only=True):
        type_name: ClassVar[str] = "careless"
        label: ClassVar[str] = "粗心"
        described: Annotated[str, Field("有说明")] = ""
        forgotten: str = ""

    with pytest.raises(TypeError, match="forgotten"):
        fields_of(Careless)
