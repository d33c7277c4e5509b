"""合成一份 on paper: the files of one person or unit beside each other, and their histories."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.documents.drawing.target import Out
from app.documents.reports.record_paper import (
    Fact,
    LongText,
    Part,
    RecordPaper,
    Rows,
    record_papers,
)
from app.services.deciding.joined_files import JoinedFile, Line, mark_of
from app.services.lists.record_history import lines_of
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.records.units import name_of

_BESIDE = 3
"""Files beside each other on a sheet that stands upright; of more there are more tables."""
_WHAT = "改了什么"


@needs("print")
def print_joined(office: Office, seen: JoinedFile, out: Out) -> int:
    """Write what 合成一份 shows as a PDF of A4, sensitive values masked; answers its pages.

    Raises `EnvironmentProblem`.
    """
    with office.store.read() as connection:
        own = name_of(connection, office.identity.station)
    paper = RecordPaper(f"合成一份：{seen.files[0].name}", tuple(_parts(seen)))
    return record_papers([paper], out, office=own, made_on=office.today())


def _parts(seen: JoinedFile) -> Iterator[Part]:
    for place, one in enumerate(seen.files):
        state = "（已作废）" if one.void else "" if one.joined else "（还没有合成）"
        yield Fact(mark_of(place), f"{one.number}　{one.unit}{state}　{one.changed} 改过")
    if seen.why:
        yield LongText("为什么合成一份", "\n".join(seen.why))
    same = [line for line in seen.lines if line.verdict == "same"]
    other = [line for line in seen.lines if line.verdict != "same"]
    yield from _tables("不一样的项目" if len(seen.files) > 1 else "内容", seen, other)
    yield from _tables("一样的项目" if len(seen.files) > 1 else "内容", seen, same)
    yield Rows("历史", ("时间", "哪一份", "谁", _WHAT), tuple(_history(seen)), frozenset((_WHAT,)))


def _tables(label: str, seen: JoinedFile, lines: Sequence[Line]) -> Iterator[Rows]:
    for start in range(0, len(seen.files) if lines else 0, _BESIDE):
        places = range(start, min(start + _BESIDE, len(seen.files)))
        heads = ("项目", *(f"{mark_of(place)}　{seen.files[place].number}" for place in places))
        rows = [(line.label, *(line.words[place] or "—" for place in places)) for line in lines]
        yield Rows(label, heads, tuple(rows))


def _history(seen: JoinedFile) -> Iterator[tuple[str, ...]]:
    for told in seen.history:
        entry = told.entry
        at = entry.at[:16].replace("T", " ")
        what = "；".join(filter(None, (entry.deed, *lines_of(entry).splitlines())))
        yield at, mark_of(told.file), entry.who, what
