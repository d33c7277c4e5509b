"""What waits at the city: files to take in, offices that are missing, what may be doubled."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from app.domain.campaign.dues import State
from app.domain.checking.state import is_over
from app.domain.codes import WARNING_LEVEL
from app.domain.kernel.progress import Cancel
from app.domain.merging.ownership import station_of
from app.domain.records import Hazard
from app.services.deciding import refused_proposals
from app.services.figures import dues, possible_doubles
from app.services.figures.figure_records import campaign_of
from app.services.office.office import Office
from app.services.packages.channels import channel_reach
from app.services.receiving import waiting_files
from app.services.records.link_resolving import Links
from app.services.records.units import name_of
from app.services.reviewing import drafts_list, passed_up
from app.services.todo.todo_office import Waiting, in_order
from database.log import delivery_times, packages
from database.log.packages import PackageRow
from database.state import states
from database.state.filters import live
from database.state.standing import grave_hazards
from database.store.engine import Connection


def arrived(office: Office, connection: Connection) -> Iterator[Waiting]:
    """收件: what lies in the tray, and what was taken in and waits for something."""
    files = waiting_files.waiting(office)
    names = _some([one.name for one in files])
    yield Waiting("to_merge", "收到的文件待汇总", names, len(files), None, "inbox", view="files")
    for state, title in (("held", "报送单位还没登记"), ("frozen", "报送文件待选定")):
        rows = packages.find(connection, direction="in", state=state)
        names = _some([_named(connection, row) for row in rows])
        yield Waiting(state, title, names, len(rows), None, "inbox", view="files")
    lacking = list(_gaps(connection))
    yield Waiting(
        "gaps", "报送次数不连续", _some(lacking), len(lacking), None, "inbox", view="files"
    )
    parked = packages.parked(connection)
    yield Waiting(
        "parked",
        "搁置的记录",
        _some([p.reason for p in parked]),
        len(parked),
        None,
        "inbox",
        view="files",
    )
    waiting, back = drafts_list.counts(connection)
    yield Waiting(
        "to_confirm",
        "审核待负责人确认",
        "确认以前不写进回执",
        waiting,
        None,
        "inbox",
        view="confirm",
    )
    yield Waiting(
        "handed_back",
        "负责人交回的审核",
        "按他写的改，再审一次",
        back,
        None,
        "inbox",
        view="confirm",
    )
    waits = delivery_times.waiting(connection)
    yield Waiting("early", "等前一次报送的记录", "", len(waits), None, "inbox", view="files")


def refused(office: Office, connection: Connection) -> Iterator[Waiting]:
    """What was proposed, and the owner refused with a reason."""
    count = refused_proposals.count(office, connection)
    note = "看理由，撤回或照旧留着"
    yield Waiting("refused", "县里不采用的更正", note, count, None, "inbox", view="differing")


def passed_on(office: Office, connection: Connection) -> Iterator[Waiting]:
    """诉求 that offices below pass up and nobody here has answered, the longest waiting first."""
    count, since, station = passed_up.waiting_count(office, connection)
    days = f"{station}等了 {(office.today() - since).days} 天" if since else station
    yield Waiting("passed_up", "提请协调的诉求待答复", days, count, since, "inbox", view="reply")


def grave(connection: Connection) -> Iterator[Waiting]:
    """重大隐患 that any office reported and nobody has resolved (R24, R59)."""
    found = states.pick(
        connection,
        Hazard,
        ("found_at", "id", "level", "owner"),
        live(),
        grave_hazards(),
    )
    first = min(found, default=None, key=lambda row: row[0] or "9")
    note = f"{name_of(connection, first[3])} {WARNING_LEVEL.label_of(first[2])}" if first else ""
    day = dt.date.fromisoformat(first[0][:10]) if first and first[0] else None
    only = first[1] if first and len(found) == 1 else ""
    yield Waiting(
        "grave",
        "重大隐患还没化解",
        note,
        len(found),
        day,
        "hazards",
        Hazard.type_name if only else "",
        only,
    )


def looked_up(office: Office, *, cancel: Cancel | None = None) -> tuple[Waiting, ...]:
    """What takes long to find: who has not reported, and what is likely doubled.

    Raises `UserError` NO_CAMPAIGN, `Cancelled`.
    """
    missing = list(_missing(office))
    (cancel or Cancel()).check()
    doubles = possible_doubles.strong_ones(office, cancel=cancel)
    kinds = Counter(one.words for one in doubles)
    note = "、".join(f"{words} {count}" for words, count in kinds.items())
    line = Waiting("doubles", "疑似重复待认定", note, len(doubles), None, "inbox", view="doubles")
    return in_order([*missing, line])


def _missing(office: Office) -> Iterator[Waiting]:
    """Who has not reported what is due, while the campaign is not long over."""
    with office.store.read() as connection:
        campaign = campaign_of(Links(office, connection), None)
    if is_over(campaign, office.today()):
        return
    standings = dues.missing(office).standings
    late = [one for one in standings if one.state in (State.MISSING, State.SOON)]
    units = list(dict.fromkeys(one.unit_name for one in late))
    first = min((one.due for one in late if one.due), default=None)
    yield Waiting(
        "missing", "还没有报送的单位", _some(units), len(units), first, "inbox", view="missing"
    )


def _gaps(connection: Connection) -> Iterator[str]:
    for writer, to in packages.channels(connection):
        gap = channel_reach(connection, writer, to)
        if gap.ranges:
            yield f"{name_of(connection, station_of(writer))}{gap.words}"


def _named(connection: Connection, row: PackageRow) -> str:
    """峨边彝族自治县总工会第10次 where it is known whose file it is, or the file's name."""
    if row.writer and row.seq:
        return f"{name_of(connection, station_of(row.writer))}第{row.seq}次"
    return row.note or row.file or ""


def _some(names: list[str]) -> str:
    """The first two names, and how many there are."""
    shown = "、".join(list(dict.fromkeys(names))[:2])
    return f"{shown}等" if len(set(names)) > 2 else shown
