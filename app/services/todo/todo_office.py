"""接下来做什么: what waits for a person at an office that reports, line by line (R40)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from app.domain.campaign.dues import AT_ANY_TIME, FORMS
from app.domain.checking.state import is_over
from app.domain.codes import DOCUMENT_KIND, HAZARD_NATURE
from app.domain.records import (
    TYPES,
    Campaign,
    Case,
    Demand,
    Document,
    Due,
    Enterprise,
    Hazard,
    Meeting,
    Record,
)
from app.exchange.kinds import CARRIES
from app.services.campaigns.campaign_news import news_of
from app.services.office.office import Office
from app.services.packages.forwarding import unconfirmed_reports
from app.services.records import drafts, guard_marks
from app.services.records.link_resolving import Links
from app.services.reporting import frozen_report
from app.services.reviewing import passed_up, trays
from app.services.updating.passing_down import arrived
from database.log import packages
from database.state import counts, states
from database.state.filters import equal, live, owned_by
from database.state.standing import (
    cases_to_revisit,
    hazards_to_report,
    overdue_demands,
    partial_documents,
    revisits_near,
    unfulfilled_meetings,
)
from database.store.engine import Connection


class Waiting(msgspec.Struct, frozen=True):
    """One line: `page` is the place to go to and `view` the part of it, `due` None without a date.

    `type` and `record` name the one record it speaks of, where there is only one.
    """

    name: str
    title: str
    note: str
    count: int
    due: dt.date | None
    page: str
    type: str = ""
    record: str = ""
    view: str = ""


FIRST = frozenset({"hazards", "grave"})
"""What cannot wait, whatever its date (R24)."""


def in_order(lines: Iterable[Waiting]) -> tuple[Waiting, ...]:
    """What there is something of, the urgent first, what has no date last."""
    found = [one for one in lines if one.count]
    return tuple(sorted(found, key=lambda one: (one.name not in FIRST, one.due or dt.date.max)))


def own(office: Office, connection: Connection, ends: dt.date | None) -> Iterator[Waiting]:
    """What every office has; `ends` is its next date for reporting."""
    yield from _hazards(office, connection)
    yield from _demands(office, connection)
    yield from _to_see_again(office, connection)
    yield from _unfulfilled(office, connection)
    yield from _partial(office, connection, ends)
    yield _to_verify(office, connection)
    yield _unanswered(office, connection)
    yield from _outgoing(office, connection, ends)


def newer_program(connection: Connection) -> Iterator[Waiting]:
    """A newer program that came with an answer and is not in use here yet."""
    if version := arrived(connection):
        note = f"版本 {version}，装不装由您定"
        yield Waiting("update", "新版程序到了", note, 1, None, "settings", view="updates")


def beside(office: Office, ends: dt.date | None) -> Iterator[Waiting]:
    """What is kept outside the store or needs a transaction of its own: trays and drafts."""
    proposed = trays.open_items(trays.tray(office, "propose"))
    replies = [one for one in proposed if passed_up.is_reply(one.review.record)]
    for verdict, title, items in (
        ("return", "上级退回", trays.open_items(trays.tray(office, "return"))),
        ("propose", "电话更正待采用", [one for one in proposed if one not in replies]),
        ("reply", "上级答复了意见诉求", replies),
    ):
        kinds = Counter(one.type for one in items)
        note = "，".join(f"{TYPES[kind].label} {count} 条" for kind, count in kinds.items())
        line = Waiting(verdict, title, note, len(items), ends, "visits")
        yield _leading(line, *_first((one.type, one.record.id) for one in items))
    kept = drafts.every(office)
    earliest = min(kept, key=lambda one: one.at, default=None)
    note = f"最早一条 {earliest.at[5:10]}，{earliest.by_name}" if earliest else ""
    line = Waiting("drafts", "没有填完", note.rstrip("，"), len(kept), ends, "visits")
    yield _leading(line, *_first((one.type, one.key) for one in filter(None, [earliest])))


def _first(found: Iterable[tuple[str, str]]) -> tuple[type[Record] | None, str]:
    """Type and id of the first; a draft may be of a type that is no more."""
    return next(((TYPES.get(name), record) for name, record in found), (None, ""))


def _leading(line: Waiting, record_type: type[Record] | None, record: str) -> Waiting:
    """The line with the way to its first record; to the very record where it is the only one."""
    if record_type is None:
        return line
    place = record_type.facts.place
    line = msgspec.structs.replace(line, page=place.name if place else line.page)
    if line.count != 1:
        return line
    return msgspec.structs.replace(line, type=record_type.type_name, record=record)


def _hazards(office: Office, connection: Connection) -> Iterator[Waiting]:
    """隐患 neither resolved nor reported to both the Party committee and the union above (R24)."""
    names = (
        "id", "enterprise", "nature", "found_at", "reported_to_party", "reported_to_union",
    )  # fmt: skip
    mine = owned_by(office.identity.station)
    found = states.pick(connection, Hazard, names, mine, live(), hazards_to_report())
    first = min(found, key=lambda row: row[3] or "9", default=None)
    note = ""
    if first:
        to = "、".join(w for w, done in (("党政", first[4]), ("上级工会", first[5])) if not done)
        name = _name_of(connection, first[1])
        note = f"{name} {HAZARD_NATURE.label_of(first[2] or '')}，未报{to}".strip()
    line = Waiting(
        "hazards", "隐患还没报告", note, len(found), _day(first[3] if first else None), "hazards"
    )
    yield _leading(line, Hazard, first[0] if first else "")


def _demands(office: Office, connection: Connection) -> Iterator[Waiting]:
    mine, overdue = owned_by(office.identity.station), overdue_demands(office.today())
    found = states.pick(connection, Demand, ("due", "id", "enterprise"), mine, live(), overdue)
    first = min(found, default=None, key=lambda row: row[0])
    name = _name_of(connection, first[2]) if first else ""
    note = f"{name}等" if name and len(found) > 1 else name
    due = _day(first[0] if first else None)
    line = Waiting("demands", "意见诉求超期", note, len(found), due, "demands")
    yield _leading(line, Demand, first[1] if first else "")


def _to_see_again(office: Office, connection: Connection) -> Iterator[Waiting]:
    """回访: every case that is to be seen again, as the hand-over list has them; the near first."""
    mine = owned_by(office.identity.station)
    near, names = revisits_near(office.today()), ("follow_up_due", "id")
    found = states.pick(connection, Case, names, mine, live(), cases_to_revisit())
    soon = len(states.pick(connection, Case, ("id",), mine, live(), near))
    first = min(found, default=None, key=lambda row: (row[0] is None, row[0] or "", row[1]))
    note = f"其中 {soon} 件到期或快到期" if soon else "问问够不够"
    day = _day(first[0] if first else None)
    line = Waiting("follow_up", "帮扶待回访", note, len(found), day, "cases")
    yield _leading(line, Case, first[1] if first else "")


def _unfulfilled(office: Office, connection: Connection) -> Iterator[Waiting]:
    """What a meeting decided, or an inspection asked for, that is due and not done (R45)."""
    mine, late = owned_by(office.identity.station), unfulfilled_meetings(office.today())
    found = states.pick(connection, Meeting, ("due", "id", "title"), mine, live(), late)
    first = min(found, default=None, key=lambda row: row[0])
    due = _day(first[0] if first else None)
    note = first[2] if first else ""
    line = Waiting("meetings", "议定和整改到期未落实", note, len(found), due, "worklog")
    yield _leading(line, Meeting, first[1] if first else "")


def _partial(office: Office, connection: Connection, ends: dt.date | None) -> Iterator[Waiting]:
    """综合调研报告 without one of the four parts (R17)."""
    mine = owned_by(office.identity.station)
    found = states.pick(connection, Document, ("id", "title"), mine, live(), partial_documents())
    first = min(found, default=None)
    note = first[1] if first else ""
    line = Waiting("partial", "调研报告内容不全", note, len(found), ends, "documents")
    yield _leading(line, Document, first[0] if first else "")


def _to_verify(office: Office, connection: Connection) -> Waiting:
    """Units of a ready-made list that nobody checked yet (R63)."""
    mine, preset = owned_by(office.identity.station), equal("verification", "preset")
    found = states.count(connection, Enterprise, mine, live(), preset)
    note = "预置的单位，在单位名录按 F10 逐家核实"
    return Waiting("verify", "名录待核实", note, found, None, "enterprises")


def _unanswered(office: Office, connection: Connection) -> Waiting:
    """Records against which others speak, and nobody has said why they stand all the same."""
    found = guard_marks.unanswered(Links(office, connection))
    note = "单位相近、同一天、两级同去等，看过写明原因"
    line = Waiting("guards", "核对还没有说明", note, found.records, None, "visits")
    return _leading(line, found.record_type, found.record)


def _outgoing(office: Office, connection: Connection, ends: dt.date | None) -> Iterator[Waiting]:
    """What was never sent, and what was sent and is not acknowledged; the city sends nothing up."""
    if office.is_city:
        return
    to, writer = frozen_report.addressee(office, connection), office.identity.writer
    records = counts.unsent(connection, writer, to, frozenset(CARRIES["submission"].types))
    last = packages.last_sealed(connection, writer, to)
    note = f"第{last.seq}次报送以后" if last else "还没有报送过"
    yield Waiting("unsent", "有改动未报送", note, records, ends, "submit")
    waits = unconfirmed_reports(connection, writer, to)
    note = f"第{waits[0].seq}次，{(waits[0].created or '')[5:10]} 送出" if waits else ""
    yield Waiting("sent", "报送还没有回执", note, len(waits), ends, "submit")


def papers(
    office: Office, connection: Connection, campaign: Campaign, kind: str
) -> Iterator[Waiting]:
    """材料 that a unit of this kind owes and has not added (R40, R42)."""
    if is_over(campaign, office.today()):
        return
    found = states.pick(
        connection,
        Document,
        ("kind",),
        owned_by(office.identity.station),
        equal("campaign", campaign.code),
        live(),
    )
    there = {one for (one,) in found} | AT_ANY_TIME | {FORMS}
    owed = [due for due in campaign.dues if kind in due.kinds and due.item not in there]
    titles = "、".join(_title(due) for due in owed)
    first = min((due.due for due in owed if due.due), default=None)
    yield Waiting("documents", "材料还没添加", titles, len(owed), first, "documents")


def campaign_news(office: Office, links: Links) -> Waiting:
    """活动 that the city added or changed, and nobody here has looked at."""
    told = news_of(office, links.connection)
    ids = states.pick(links.connection, Campaign, ("id", "short_title", "title"), live())
    titles = "、".join(str(short or title) for id, short, title in ids if id in told)
    return Waiting("campaigns", "活动有改动，看一看", titles, len(told), None, "settings")


def _title(due: Due) -> str:
    return due.title or DOCUMENT_KIND.label_of(due.item)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text[:10]) if text else None


def _name_of(connection: Connection, enterprise: str | None) -> str:
    found = states.pick(connection, Enterprise, ("name",), equal("id", enterprise or ""))
    return str(found[0][0] or "") if found else ""
