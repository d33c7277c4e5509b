"""What the paper says where it says nothing: 空白, 看不清, 横线, kept beside the fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from app.domain import codes
from app.domain.kernel.fields import Field, FieldSpec, by_name, value_of
from app.domain.records.base import Record, Row


class PaperMark(Row, frozen=True, kw_only=True):
    """纸面标记: a field that the paper leaves 空白, crosses with a 横线, or has 看不清.

    Its id is the name of the field, so that two offices' marks of one field merge as one; `field`
    is what the field is called.
    """

    field: Annotated[str, Field("项目", required=True, longest=100)] = ""
    mark: Annotated[str, Field("纸上", codes=codes.PAPER_MARK, required=True)] = ""


PAPER_MARKS = "paper_marks"
"""The field of what is keyed from paper that holds them."""

NOT_ON_PAPER = frozenset(
    {"number", "unit", "owner", "campaign", "attachments", "accepted", "extra", PAPER_MARKS}
)
"""What no paper is keyed from says: the program, or who keys it, has it from elsewhere."""

PaperMarks = Annotated[
    tuple[PaperMark, ...],
    Field("纸面标记", beside=True, help="纸上空白、看不清或划了横线的项目"),
]


def tidied(specs: Iterable[FieldSpec], body: Mapping[str, Any]) -> dict[str, Any]:
    """A body whose marks bear the names of their fields, each once, and none of a filled field.

    A field may be given by its name or its label; one the form does not have keeps its mark.
    """
    marks = body.get(PAPER_MARKS)
    if not marks:
        return dict(body)
    known = {key: spec for spec in specs for key in (spec.label, spec.name)}
    filled = body.keys() | body.get("extra", {}).keys()
    kept: dict[str, Any] = {}
    for row in marks:
        spec = known.get(row.get("field", "")) or known.get(row.get("id", ""))
        name = spec.name if spec else row.get("id", "")
        if name not in filled:
            kept[name] = {**row, "id": name} | ({"field": spec.label} if spec else {})
    rest = {name: value for name, value in body.items() if name != PAPER_MARKS}
    return rest | ({PAPER_MARKS: list(kept.values())} if kept else {})


def mark_words(record: Record) -> dict[str, str]:
    """By the name of the field what the paper has there, in words (空白)."""
    if PAPER_MARKS not in by_name(type(record)):
        return {}
    marks: Iterable[PaperMark] = value_of(record, PAPER_MARKS)
    return {one.id: codes.PAPER_MARK.label_of(one.mark) for one in marks}
