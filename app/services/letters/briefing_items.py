"""What 简报 can be made of: 信息 not taken over yet, and the figures of a 定稿."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from app.documents.drawing.layout import written_date
from app.domain.codes import DOCUMENT_KIND
from app.domain.records import Document
from app.domain.values.masking import without_numbers
from app.services.figures.issued_totals import Issued
from app.services.office.office import Office
from app.services.records.units import name_of, subordinates
from database.state import states
from database.state.filters import among, live
from database.state.states import State
from database.store.engine import Connection

NEWS = ("news", "results", "experience")
"""The kinds of 材料 that are 信息 (R46)."""
_DECIDED = ("adopted", "returned")
MOST = 500


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of 信息: whose, its kind in words, its day, its title and its text."""

    id: str
    number: str
    station: str
    office: str
    kind: str
    dated: dt.date | None
    title: str
    text: str


def items(office: Office) -> tuple[Item, ...]:
    """What may be chosen: of this office and of those below, not adopted or returned; newest first.

    What of an office below is here was handed in by it. What stands in an issue already is
    among it until that is issued.
    """
    with office.store.read() as connection:
        return tuple(_items(office, connection))[:MOST]


def _items(office: Office, connection: Connection) -> Iterator[Item]:
    here = office.identity.station
    ours = {here, *(unit.code for unit in subordinates(connection, here))}
    found = states.find(connection, Document, live(), among("kind", NEWS))
    found.sort(key=lambda one: one.record.dated or dt.date.min, reverse=True)
    for state in found:
        if state.owner in ours and state.record.outcome not in _DECIDED:
            yield item_of(connection, state)


def item_of(connection: Connection, state: State[Document]) -> Item:
    """A piece of 信息 as it is offered; no number of a card or telephone goes on into 简报."""
    one = state.record
    return Item(
        state.id,
        one.number,
        state.owner,
        name_of(connection, one.unit or state.owner),
        DOCUMENT_KIND.label_of(one.kind),
        one.dated,
        without_numbers(one.title),
        without_numbers(one.text),
    )


def figure_words(issued: Issued) -> str:
    """The sums of a 定稿 and how far the visits reach, in sentences; as of when stands beside."""
    total = issued.table.sums[-1]
    parts = [
        f"{title}{_number(value)}{unit}"
        for (title, unit), value in zip(issued.table.columns, total[1:], strict=True)
        if not isinstance(value, str)
    ]
    words = f"{issued.table.title}中，{'，'.join(parts)}。" if parts else ""
    reached = [
        f"{one.title}：应走访（覆盖）{one.total.due:,}个，已走访（覆盖）{one.total.reached:,}个，"
        f"占{one.total.reached / one.total.due:.1%}"
        for one in (issued.board.figures if issued.board else ())
        if one.total.due
    ]
    return words + (f"{'；'.join(reached)}。" if reached else "")


def _number(value: Decimal | int) -> str:
    return f"{value:,.2f}" if isinstance(value, Decimal) else f"{value:,}"


def as_of_words(as_of: dt.date, made: dt.date | None) -> str:
    """（数字截至2011年12月20日，依据2011年12月21日定稿）."""
    basis = f"，依据{written_date(made)}定稿" if made else ""
    return f"（数字截至{written_date(as_of)}{basis}）"
