"""谁还没报: what is missing unit by unit, who was reminded, and the 催报单 (R42)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import msgspec

from app.documents.drawing.target import Out
from app.documents.reports.reminder_list import Missing, ReminderList, reminder_list
from app.domain.campaign.dues import How, State
from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Cancel, Progress, silent
from app.domain.merging.ownership import station_of
from app.domain.values.dates import parse_date
from app.services.figures import dues
from app.services.figures.dues import MissingView, Paper, StandingView
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.people.paper_names import operator_name
from app.services.records.units import everyone, name_of, reached, subordinates
from app.services.records.who_and_when import who_and_when
from database.books import paper_ticks, reminders
from database.books.reminders import ReminderRow
from database.store.engine import Connection

RECEIVED = frozenset({State.RECEIVED.value, State.LATE.value})
PRESSING = (State.MISSING, State.SOON, State.NOT_DUE, State.OPEN, State.ANY_TIME)
"""What has not come, the most pressing first."""

BY_DAY, BY_OFFICE = "day", "office"
NEVER = "还没有报送过"


class Reminder(msgspec.Struct, frozen=True):
    """One call: which unit, on which day, by whom, with whom, what was said, the day promised."""

    unit: str
    on: dt.date
    by: str
    promised: str = ""
    spoke_with: str = ""
    until: dt.date | None = None

    @property
    def words(self) -> str:
        """12-18 王新 打给 李主任：答应补报，12-22 以前."""
        with_whom = f" 打给 {self.spoke_with}" if self.spoke_with else ""
        said = f"：{self.promised}" if self.promised else ""
        until = f"，答应 {self.until:%m-%d}" if self.until else ""
        return f"{self.on:%m-%d} {self.by}{with_whom}{said}{until}"


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing a unit owes, how often it was reminded, and what it promised last."""

    standing: StandingView
    telephone: str
    reminders: tuple[Reminder, ...]
    place: int = 0
    """Where its office stands in the official order."""

    @property
    def received(self) -> bool:
        """Whether it came, by package or on paper."""
        return self.standing.state in RECEIVED

    @property
    def on_paper(self) -> bool:
        """Whether a person ticked it 已收（纸质/邮件）."""
        return self.standing.how == How.PAPER.value

    @property
    def promised(self) -> str:
        """What was promised last."""
        return next((r.promised for r in reversed(self.reminders) if r.promised), "")

    @property
    def until(self) -> dt.date | None:
        """The day that was promised last."""
        return next((r.until for r in reversed(self.reminders) if r.until), None)

    def broken(self, today: dt.date) -> bool:
        """过了答应的日子: the day promised is past, and it has not come."""
        return not self.received and self.until is not None and self.until < today

    def days_late(self, today: dt.date) -> int:
        """逾期 so many days; 0 where it came, is not due yet or has no day."""
        due = self.standing.due
        late = self.standing.state == State.MISSING and due is not None
        return (today - due).days if late and due else 0

    @property
    def at_any_time(self) -> bool:
        """Whether it is told as it happens, and has not come: nobody is late with it."""
        return self.standing.at_any_time and not self.received


def in_order(owed: Iterable[Owed], by: str = BY_DAY) -> tuple[Owed, ...]:
    """What is overdue first: by day, or office by office, those with something overdue first."""
    by_day = sorted(owed, key=_pressing)
    if by == BY_DAY:
        return tuple(by_day)
    late = {one.standing.unit_name for one in by_day if one.standing.state == State.MISSING}
    return tuple(sorted(by_day, key=lambda one: _office(one, late)))


def _pressing(one: Owed) -> tuple[int, dt.date, int, str]:
    standing = one.standing
    states = [state.value for state in PRESSING]
    rank = states.index(standing.state) if standing.state in states else len(states)
    return rank, standing.due or dt.date.max, one.place, standing.unit_name


def _office(one: Owed, late: Collection[str]) -> tuple[bool, int, str]:
    return one.standing.unit_name not in late, one.place, one.standing.unit_name


@dataclass(frozen=True, slots=True)
class Gap:
    """The numbers missing of one computer's channel, or that it has sent nothing yet."""

    station: str
    station_name: str
    words: str
    telephone: str


@dataclass(frozen=True, slots=True)
class Outstanding:
    """Everything due from the units below, and the packages missing between others."""

    campaign: str
    title: str
    owed: tuple[Owed, ...]
    gaps: tuple[Gap, ...]

    @property
    def missing(self) -> tuple[Owed, ...]:
        """What has not come and is waited for; not what is told at any time."""
        return tuple(one for one in self.owed if not (one.received or one.at_any_time))

    @property
    def at_any_time(self) -> tuple[Owed, ...]:
        """随时报送的信息 that nobody has sent yet."""
        return tuple(one for one in self.owed if one.at_any_time)

    @property
    def words(self) -> str:
        """应报 34 项，已到 21 项，还差 13 项（4 家），其中逾期 2 项."""
        asked = [one for one in self.owed if not one.standing.at_any_time]
        missing = self.missing
        units = len({one.standing.unit_name for one in missing})
        late = sum(one.standing.state == State.MISSING for one in missing)
        came, over = len(asked) - len(missing), f"，其中逾期 {late} 项" if late else ""
        partial = sum(bool(one.standing.lacking) for one in asked)
        short = f"（{partial} 项内容不全）" if partial else ""
        left = f"还差 {len(missing)} 项（{units} 家）{over}"
        return f"应报 {len(asked)} 项，已到 {came} 项{short}，{left}"


def outstanding(office: Office, campaign: str | None = None) -> Outstanding:
    """What was due against what came; a county looks at its townships only."""
    seen = dues.missing(office, campaign)
    with office.store.read() as connection:
        told = [_told(row) for row in reminders.of(connection, seen.campaign)]
        below = _below(office, connection)
        mine = None if office.is_city else below
        place = {unit.code: at for at, unit in enumerate(everyone(connection))}
        owed = [
            Owed(
                one,
                _telephone(one),
                tuple(r for r in told if r.unit == one.unit),
                place.get(one.unit, len(place)),
            )
            for one in seen.standings
            if mine is None or one.unit in mine
        ]
        gaps = (*_gaps(connection, seen, mine), *_silent(connection, seen, below))
    return Outstanding(seen.campaign, seen.title, in_order(owed), gaps)


def _told(row: ReminderRow) -> Reminder:
    until = dt.date.fromisoformat(row.until) if row.until else None
    on = dt.date.fromisoformat(row.on)
    return Reminder(row.unit, on, row.by, row.promised, row.spoke_with or "", until)


def _below(office: Office, connection: Connection) -> frozenset[str]:
    """The units whose 报送 come straight here."""
    return frozenset(unit.code for unit in subordinates(connection, office.identity.station))


def _telephone(one: StandingView) -> str:
    return one.clerk_telephone or one.leader_telephone


def _gaps(connection: Connection, seen: MissingView, mine: frozenset[str] | None) -> Iterable[Gap]:
    for one in seen.channels:
        if one.words and (mine is None or one.station in mine):
            yield Gap(one.station, one.station_name, one.words, _called(connection, one.station))


def _silent(connection: Connection, seen: MissingView, below: Collection[str]) -> Iterable[Gap]:
    """The offices that are enrolled and have sent nothing from any computer."""
    heard = {one.station for one in seen.channels if one.writer not in seen.silent}
    silent = dict.fromkeys(station_of(writer) for writer in seen.silent)
    for station in silent:
        if station in below and station not in heard:
            yield Gap(station, name_of(connection, station), NEVER, _called(connection, station))


def _called(connection: Connection, station: str) -> str:
    unit = reached(connection, station)
    return (unit.clerk_telephone or unit.leader_telephone) if unit else ""


@needs("remind")
def remind(
    office: Office,
    campaign: str,
    units: Iterable[str],
    promised: str = "",
    *,
    spoke_with: str = "",
    until: str = "",
) -> Changes:
    """Write down that these units were reminded today, with whom, what was said, what promised.

    `until` is the day promised, as typed. Raises `UserError` as `parse_date`.
    """
    day = parse_date(until, today=office.today()) if until.strip() else None
    told = (promised.strip(), spoke_with.strip(), day.isoformat() if day else None)
    with office.store.write() as connection:
        by = operator_name(connection, office.operator)
        on = office.today().isoformat()
        reminders.add(connection, [ReminderRow(campaign, unit, on, by, *told) for unit in units])
    return Changes(frozenset({"reminder"}))


@needs("remind")
def tick(office: Office, campaign: str, one: StandingView) -> Changes:
    """已收（纸质/邮件） today, or the tick taken back where it stands.

    `one` is as the person has it before them; raises `UserError` STALE where somebody ticked it,
    or took the tick back, since.
    """
    ticked = one.how == How.PAPER.value and one.came is not None
    with office.store.write() as connection:
        _refuse_changed_tick(connection, campaign, one, ticked=ticked)
        paper = Paper(one.unit, one.item, office.today(), one.group)
        (dues.untick_within if ticked else dues.tick_within)(office, connection, campaign, paper)
    return Changes(frozenset({"paper"}))


def _refuse_changed_tick(
    connection: Connection, campaign: str, one: StandingView, *, ticked: bool
) -> None:
    there = paper_ticks.find(connection, campaign, one.unit, one.item, one.group)
    if (there is not None) == ticked:
        return
    name = f"{one.unit_name}的{one.title}"
    told = (
        f"{who_and_when(connection, there.by, there.at)}已把{name}记为已收（纸质/邮件）。"
        if there
        else f"{name}刚才已被改回没有收到。"
    )
    raise UserError("STALE", told, remedy="请看过最新的再改。")


def print_reminders(
    office: Office,
    out: Out,
    campaign: str | None = None,
    *,
    units: Collection[str] | None = None,
    by: str = BY_DAY,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> int:
    """Print the 催报单, of these units (codes) only where some are named; returns its pages.

    `by` is `BY_DAY` or `BY_OFFICE`, as on the screen. What is told at any time is not on it.

    Raises as `reminder_list`.
    """
    seen = outstanding(office, campaign)
    with office.store.read() as connection:
        name = name_of(connection, office.identity.station)
    content = ReminderList(
        seen.title,
        name,
        office.today(),
        seen.words,
        tuple(
            _row(o) for o in in_order(seen.missing, by) if units is None or o.standing.unit in units
        ),
        tuple(
            (gap.station_name, gap.words, gap.telephone)
            for gap in seen.gaps
            if units is None or gap.station in units
        ),
        tuple(_calls(seen, units)),
    )
    return reminder_list(content, out, progress=progress, cancel=cancel)


def _calls(seen: Outstanding, units: Collection[str] | None) -> Iterable[tuple[str, str]]:
    """The calls about what has not come, the newest first, each once."""
    names = {one.standing.unit: one.standing.unit_name for one in seen.missing}
    found = dict.fromkeys(call for one in seen.missing for call in one.reminders)
    for call in sorted(found, key=lambda one: one.on, reverse=True):
        if units is None or call.unit in units:
            yield names[call.unit], call.words


def told_of(one: Owed) -> str:
    """已催 2 次，答应 12-22，正在盖章: the day first, it must not be cut."""
    times = f"已催 {len(one.reminders)} 次" if one.reminders else ""
    until = f"答应 {one.until:%m-%d}" if one.until else ""
    return "，".join(filter(None, (times, until, one.promised)))


def _row(one: Owed) -> Missing:
    standing = one.standing
    promised = told_of(one)
    due = standing.due.isoformat() if standing.due else ""
    return Missing(standing.unit_name, standing.title, due, standing.words, one.telephone, promised)
