"""The pages of records: the same page, told apart by what each type is.

All comes from the facts of the type; what only a window has stands here, and a type
without a line of its own gets a plain one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from app.domain.records import (
    Activity,
    Aid,
    Attainment,
    Briefing,
    Case,
    Demand,
    Diary,
    Document,
    Enterprise,
    Evaluation,
    Group,
    Hazard,
    Honour,
    Leader,
    Meeting,
    Person,
    Plan,
    Policy,
    Press,
    Record,
    Reporter,
    Visit,
)
from app.domain.records.registry import begun_from, shown, standing_around
from app.services.deciding.joined_files import JOINED as JOINABLE
from app.ui.keys import key
from app.ui.page_context import PageContext
from app.ui.pages.aids.double_aid_panel import DOUBLE_AID, DoubleAidPanel
from app.ui.pages.briefing.briefing_panel import BriefingPanel
from app.ui.pages.directory.panel import DirectoryPanel
from app.ui.pages.letters.letter_panel import LetterPanel
from app.ui.pages.records.beside.history_card import HistoryCard
from app.ui.pages.records.beside.timeline_card import TimelineCard
from app.ui.pages.records.joined.joined_panel import JOINED, JoinedPanel
from app.ui.pages.records.kind import HISTORY, Next, RecordKind, Third, ThirdCard, Work
from app.ui.pages.scanning.scan_panel import ScanPanel
from app.ui.pages.second.second_panel import SECOND, SecondPanel
from app.ui.pages.visits.sheet_view import SheetCard


@dataclass(frozen=True, slots=True)
class Look:
    """The sign of a type, the key that begins one from another, a card or work of its own."""

    sign: str = "files"
    key: str = ""
    card: Third | None = None
    works: tuple[Work, ...] = ()


_SCANS = Work(key("F11", "扫描件"), ScanPanel)

LOOKS: Mapping[type[Record], Look] = {
    Visit: Look("clipboard-text", "Ctrl+1", Third("表样", SheetCard), (_SCANS,)),
    Demand: Look("chat-text", "Ctrl+1"),
    Person: Look("identification-card", works=(_SCANS,)),
    Case: Look("handshake", "Ctrl+2"),
    Aid: Look("gift", "Ctrl+B", works=(Work(DOUBLE_AID, DoubleAidPanel),)),
    Hazard: Look("warning", "Ctrl+3"),
    Enterprise: Look("buildings", works=(Work(key("F10", "核实"), DirectoryPanel),)),
    Plan: Look("calendar-check"),
    Group: Look("users-three"),
    Leader: Look("users-four"),
    Attainment: Look("chart-line-up"),
    Diary: Look("notebook", "Ctrl+4"),
    Activity: Look("flag", "Ctrl+5"),
    Meeting: Look("chalkboard", "Ctrl+6"),
    Honour: Look("medal", "Ctrl+7"),
    Evaluation: Look("trophy"),
    Document: Look("files", "Ctrl+8", works=(Work(key("F10", "起草报告"), LetterPanel),)),
    Press: Look("newspaper", "Ctrl+9"),
    Briefing: Look("newspaper-clipping", works=(Work(key("F10", "编简报"), BriefingPanel),)),
    Policy: Look("book-open", "Ctrl+2"),
    Reporter: Look("user-circle"),
}

_FREE = ("Ctrl+4", "Ctrl+5", "Ctrl+6", "Ctrl+7", "Ctrl+8", "Ctrl+9")
"""For types that are begun from others and were given no key."""


def kind_of(record_type: type[Record]) -> RecordKind:
    """The page of a type."""
    facts, look = record_type.facts, LOOKS.get(record_type, Look())
    return RecordKind(
        record_type,
        look.sign,
        facts.noun or record_type.label,
        facts.why,
        tuple(_thirds(record_type, look)),
        tuple(_nexts(record_type)),
        tuple(_works(record_type, look)),
    )


def _thirds(record_type: type[Record], look: Look) -> Iterable[Third]:
    if look.card is not None:
        yield look.card
    if standing_around(record_type):
        yield Third(record_type.facts.timeline, partial(_timeline, record_type))
    yield Third(HISTORY, partial(_history, record_type))


def _works(record_type: type[Record], look: Look) -> Iterable[Work]:
    yield from look.works
    if record_type in JOINABLE:
        yield Work(JOINED, partial(JoinedPanel, record_type), quiet=True)
    if record_type.facts.proofread:
        yield Work(SECOND, partial(SecondPanel, record_type), quiet=True)


def _timeline(record_type: type[Record], desk: PageContext) -> ThirdCard:
    return TimelineCard(desk, record_type, record_type.facts.timeline)


def _history(record_type: type[Record], desk: PageContext) -> ThirdCard:
    return HistoryCard(desk, record_type)


def _nexts(record_type: type[Record]) -> Iterable[Next]:
    keys = _keys()
    for begun, link in begun_from(record_type):
        if begun in keys:
            words = begun.facts.noun or begun.label
            yield Next(key(keys[begun], words), begun, link)


def _keys() -> Mapping[type[Record], str]:
    given = {one: look.key for one, look in LOOKS.items() if look.key}
    others = (one for one in shown() if one.facts.begun_from and one not in given)
    return given | dict(zip(others, _FREE, strict=False))
