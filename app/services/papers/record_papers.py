"""记录单: records as they stand, field by field, the first words with their corrections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from app.documents.drawing.target import Out
from app.documents.reports.record_paper import (
    Fact,
    LongText,
    Part,
    RecordPaper,
    Rows,
    record_papers,
)
from app.domain.kernel.added_values import flat
from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import FieldSpec, Kind
from app.domain.kernel.progress import Cancel, Progress
from app.domain.records import Record, body_of
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.records.field_words import Wording
from app.services.records.link_resolving import Links
from app.services.records.removed_fields import shown_fields
from app.services.records.saving import find_one
from app.services.records.units import name_of
from database.state.states import State

_LEFT_OUT = ("accepted", "extra", "owner", "paper_marks")
_LONG = 60
"""A column that may hold more characters holds sentences."""


@needs("print")
def print_records(
    office: Office,
    out: Out,
    record_type: type[Record],
    records: Sequence[str],
    *,
    progress: Progress,
    cancel: Cancel,
) -> int:
    """Print these records of a type (ids or 编号), each on pages of its own; returns the pages.

    What is sensitive is masked. Raises `UserError` NOT_FOUND, NOTHING_TO_PRINT,
    `EnvironmentProblem`, `Cancelled`.
    """
    if not records:
        raise UserError("NOTHING_TO_PRINT", "没有可打印的记录。", remedy="请先选一条。")
    with office.store.read() as connection:
        links, wording = Links(office, connection), Wording(connection)
        found = [find_one(connection, record_type, key) for key in records]
        papers = [_paper(links, wording, state) for state in found]
        own = name_of(connection, office.identity.station)
    return record_papers(
        papers, out, office=own, made_on=office.today(), progress=progress, cancel=cancel
    )


def _paper(links: Links, wording: Wording, state: State[Record]) -> RecordPaper:
    body = body_of(state.record)
    specs = shown_fields(links, type(state.record), body)
    parts = tuple(_parts(wording, specs, flat(body)))
    return RecordPaper(type(state.record).label, parts, state.void)


def _parts(
    wording: Wording, specs: Iterable[FieldSpec], values: Mapping[str, Any]
) -> Iterator[Part]:
    for spec in specs:
        value = values.get(spec.name)
        if value in (None, "", [], ()) or spec.field.hidden or spec.name in _LEFT_OUT:
            continue
        yield _part(wording, spec, value)


def _part(wording: Wording, spec: FieldSpec, value: Any) -> Part:
    if spec.name == "attachments":
        return Fact(spec.label, "、".join(filter(None, (row.get("name", "") for row in value))))
    if spec.kind is Kind.ROWS:
        return _rows(wording, spec, value)
    words = wording.of(spec, value)
    return LongText(spec.label, words) if spec.kind is Kind.PROSE else Fact(spec.label, words)


def _rows(wording: Wording, spec: FieldSpec, rows: Sequence[Mapping[str, Any]]) -> Rows:
    columns = [one for one in spec.columns if not one.field.hidden]
    return Rows(
        spec.label,
        tuple(one.label for one in columns),
        tuple(tuple(wording.of(one, row.get(one.name)) for one in columns) for row in rows),
        frozenset(one.label for one in columns if one.field.longest > _LONG * 4),
    )
