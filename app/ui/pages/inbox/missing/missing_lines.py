"""谁还没报: the lines of its lists."""

from __future__ import annotations

import datetime as dt

from app.domain.campaign.dues import State
from app.domain.codes import DOCUMENT_KIND
from app.services.figures import reminders
from app.services.figures.dues import StandingView
from app.services.figures.reminders import Gap, Owed
from app.ui.pages.inbox.grid import Cell, Column, Line, quiet

COLUMNS = (
    Column("单位", 176), Column("应报", 150), Column("期限", 58), Column("状态", 92),
    Column("电话", 112), Column("催报和答应", 0),
)  # fmt: skip
GAPS = (Column("单位", 124), Column("缺哪几次报送", 0))
_KINDS: dict[str, str] = {
    State.MISSING: "error", State.SOON: "warning", State.LATE: "warning", State.RECEIVED: "ok",
}  # fmt: skip


def key_of(one: Owed) -> str:
    """What tells a line from all others."""
    standing = one.standing
    return f"{standing.unit}/{standing.item}/{standing.group}/{standing.title}"


def _kind_of(standing: StandingView) -> str:
    """What came without a part of it is not in order yet."""
    return "warning" if standing.lacking else _KINDS.get(standing.state, "neutral")


def owed_line(one: Owed, today: dt.date) -> Line:
    """What is due of an office, whether it came, and what was said when it was called."""
    standing = one.standing
    told = quiet(reminders.told_of(one))
    if one.broken(today):
        told = Cell(f"过了答应的 {one.until:%m-%d}", note=reminders.told_of(one), bold=True)
    if one.received:
        came = f"{standing.came:%m-%d}" if standing.came else ""
        told = quiet("，".join(filter(None, (came, standing.how, standing.number))))
    return Line(
        key_of(one),
        (
            Cell(standing.unit_name, bold=standing.state == State.MISSING),
            Cell(_short(standing)),
            Cell(f"{standing.due:%m-%d}" if standing.due else "—"),
            Cell(standing.words, chip=_kind_of(standing)),
            Cell(one.telephone or "—"),
            told,
        ),
    )


def _short(standing: StandingView) -> str:
    """What is owed, without the campaign before the name of its kind (情况登记表)."""
    kind = DOCUMENT_KIND.label_of(standing.item)
    return kind if standing.title.endswith(kind) else standing.title


def gap_line(one: Gap) -> Line:
    """An office with the numbers of the packages that are missing."""
    return Line(f"{one.station}/{one.words}", (Cell(one.station_name), Cell(one.words)))
