"""Whether everything fits: offices, covers and the city, conflicts, gaps, and the log itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from app.domain.merging.revision import Revision
from app.domain.records import TYPES, Record, Review, body_of
from app.domain.records.told import text_of
from app.exchange.envelope import EVERYONE
from app.exchange.kinds import CARRIES
from app.exchange.totals import Totals as Lines
from app.exchange.totals import of_body
from app.services.figures import dues
from app.services.office.office import Office
from app.services.packages.channels import channel_reach
from app.services.records import record_folding, state_from_log
from app.services.reporting.frozen_report import addressee, unsent
from database.log import packages, revisions
from database.state import states
from database.state.filters import unsettled
from database.state.states import State
from database.store.engine import Connection
from demo.figures import CAMPAIGN
from demo.places import CITY, MABIAN, PLACES, QIAOBA, SHAWAN, SHAWAN_2, Place
from demo.result import Check
from demo.sealed import Kept
from demo.stage import Stage
from demo.totals import SUMS, added, owned

HOLDERS = {
    SHAWAN: (SHAWAN, SHAWAN_2, CITY),
    MABIAN: (MABIAN, CITY),
    QIAOBA: (QIAOBA, MABIAN, CITY),
}
"""Who must hold the same records of an office: itself, its other PC, all offices above."""


YEAR_END = ("summary", "research", "form")
"""What both counties send in at the end of the year (R17, R42)."""


def reconcile(stage: Stage, kept: Sequence[Kept]) -> list[Check]:
    """Run every check."""
    return [
        *(_covers(stage, kept)),
        *(_one_station(stage, kept, place) for place in HOLDERS),
        *(_same_everywhere(stage, place) for place in HOLDERS),
        _reviews(stage),
        _reference(stage),
        _nothing_missing(stage),
        *(check for place in PLACES for check in _quiet(place, stage.offices[place])),
    ]


def _covers(stage: Stage, kept: Sequence[Kept]) -> Iterator[Check]:
    """Every cover says what its sender put in, and what each receiver got out of it."""
    for one in kept:
        for place in (one.place, *_receivers(one)):
            told = _lines_of(stage.offices[place], one.tip)
            cover = {name: Decimal(text) for name, text in one.sums.items()}
            same = told == (one.records, cover)
            yield Check(f"{one.path.name}在{place.folder}", same, "" if same else f"{told}")


def _receivers(one: Kept) -> Sequence[Place]:
    """Who must have taken a package in."""
    station = one.place.station
    if one.to == station:
        return [p for p in PLACES if p.station == station and p is not one.place]
    if one.to == EVERYONE:
        return [p for p in PLACES if p is not one.place]
    if one.place is CITY or one.kind == "answer":
        return [p for p in PLACES if p.station == one.to]
    return [CITY, MABIAN] if one.place is QIAOBA else [CITY]


def _lines_of(office: Office, tip: str) -> tuple[dict[str, int], dict[str, Decimal]]:
    """What an office's own log says a package holds, added up as a cover is."""
    with office.store.read() as connection:
        rows = packages.find(connection, tip=tip)
        lines = [line for row in rows for line in packages.contents(connection, row.n)]
        found = [revisions.get(connection, h) for _, h, _, _ in lines]
    totals = Lines()
    decoded = record_folding.decode(row for row in found if row is not None)
    totals.add(list(decoded.items()), of_body)
    cover = totals.cover()
    return cover.records, {name: Decimal(text) for name, text in cover.sums.items()}


def _one_station(stage: Stage, kept: Sequence[Kept], place: Place) -> Check:
    """Covers to the office above, less what was sent again corrected = what is held there."""
    sent = [one for one in kept if one.place.station == place.station and one.kind != "answer"]
    sent = [one for one in sent if one.to != place.station]
    held = owned(stage.offices[CITY], place.station)
    counted = _counted(stage.offices[CITY], sent)
    last = {state.h for states_of in held.values() for state in states_of}
    wrong = []
    for name, field in SUMS.items():
        covers = sum((Decimal(one.sums[name]) for one in sent), Decimal(0))
        again = _sum_of(counted, name.split(".")[0], field, lambda h: h not in last)
        if covers - again != added(held, name):
            wrong.append(f"{name}：{covers}－{again}≠{added(held, name)}")
    by_type = Counter(dict.fromkeys(held, 0))
    for one in sent:
        by_type.update(one.records)
    wrong += [kind for kind, count in by_type.items() if count < len(held.get(kind, ()))]
    return Check(f"{place.station}：报送合计等于市总所存", not wrong, "；".join(wrong))


def _counted(office: Office, sent: Sequence[Kept]) -> dict[str, Revision]:
    """The revisions whose amounts the covers added: those no other line of a package replaces."""
    counted: dict[str, Revision] = {}
    with office.store.read() as connection:
        for one in sent:
            rows = packages.find(connection, direction="in", tip=one.tip)
            lines = [line for row in rows for line in packages.contents(connection, row.n)]
            stored = [revisions.get(connection, h) for _, h, _, _ in lines]
            inside = record_folding.decode(row for row in stored if row is not None)
            replaced = {parent for revision in inside.values() for parent in revision.parents}
            counted |= {h: r for h, r in inside.items() if h not in replaced}
    return counted


def _sum_of(
    counted: dict[str, Revision], kind: str, field: str, wanted: Callable[[str], bool]
) -> Decimal:
    values = (r.body.get(field) for h, r in counted.items() if r.type == kind and wanted(h))
    return sum((Decimal(value) for value in values if value is not None), Decimal(0))


def _same_everywhere(stage: Stage, place: Place) -> Check:
    """The office, its other PC and those above hold the very same records of it.

    What an office only tells those below it stays out: the office above has none of it.
    """
    held = [owned(stage.offices[holder], place.station) for holder in HOLDERS[place]]
    going_up = [
        {name: found for name, found in one.items() if "submission" in TYPES[name].travels}
        for one in held
    ]
    views = [_view(one) for one in going_up]
    same = all(view == views[0] for view in views)
    counts = "、".join(str(len(view)) for view in views)
    return Check(f"{place.station}：各处所存记录相同", same, counts)


def _view(found: dict[str, list[State[Record]]]) -> dict[str, object]:
    return {
        state.id: (kind, state.h, state.void, body_of(state.record))
        for kind, kept in found.items()
        for state in kept
    }


def _reviews(stage: Stage) -> Check:
    """Each county has every word the city said to it."""
    city = owned(stage.offices[CITY], CITY.station).get(Review.type_name, [])
    wrong = []
    for place in (SHAWAN, SHAWAN_2, MABIAN):
        meant = {s.h for s in city if text_of(s.record, "station") == place.station}
        got = owned(stage.offices[place], CITY.station).get(Review.type_name, [])
        if meant != {state.h for state in got}:
            wrong.append(place.folder)
    return Check("市总的审核意见都已送达", not wrong, "、".join(wrong))


def _reference(stage: Stage) -> Check:
    """What the city gives out is the same at every office."""
    given, views = CARRIES["reference"].types, []
    for office in stage.offices.values():
        found = owned(office, CITY.station)
        views.append(_view({kind: found.get(kind, []) for kind in given}))
    return Check("市总下发的资料各处相同", all(view == views[0] for view in views))


def _nothing_missing(stage: Stage) -> Check:
    """The city's own list of what is missing or waits is empty, but for what others owe."""
    seen = dues.missing(stage.offices[CITY], CAMPAIGN)
    waits = [one.words for one in seen.channels if one.missing]
    waits += [str(one) for one in (*seen.held, *seen.frozen, *seen.parked, *seen.waiting)]
    ours = {SHAWAN.station, MABIAN.station}
    owed = [one for one in seen.standings if one.unit in ours and one.item in YEAR_END]
    waits += [f"{one.unit_name}{one.title}" for one in owed if one.came is None]
    return Check("市总的缺报清单", bool(owed) and not waits, "、".join(waits))


def _quiet(place: Place, office: Office) -> Iterator[Check]:
    """Nothing open at one office: conflicts, waiting, parked, gaps, unsent; and the log agrees."""
    with office.store.read() as connection:
        open_things = {
            "没有未选定的填写不一致": _conflicts(connection),
            "没有等待前一次报送的记录": _waiting(connection),
            "没有搁置的记录": [row.reason for row in packages.parked(connection)],
            "没有缺的报送": _missing(connection),
            "没有不能接收的文件": _refused(connection),
            "没有未报送的内容": _unsent(office, connection),
        }
    for what, found in open_things.items():
        yield Check(f"{place.folder}：{what}", not found, "、".join(map(str, found)))
    yield Check(f"{place.folder}：从记录重建后不变", rebuilt_the_same(office))


def _conflicts(connection: Connection) -> list[str]:
    found = []
    for kind in TYPES.values():
        found += [one.record.number for one in states.find(connection, kind, unsettled())]
    return found


def _waiting(connection: Connection) -> list[str]:
    return [row.h[:8] for row in revisions.in_order(connection) if row.status != "live"]


def _missing(connection: Connection) -> list[str]:
    return [
        f"{writer}→{to}：{seq}"
        for writer, to in packages.channels(connection)
        for seq in channel_reach(connection, writer, to).missing
    ]


def _refused(connection: Connection) -> list[str]:
    bad = ("refused", "held", "frozen", "withdrawn")
    return [f"{row.note}（{row.code}）" for row in packages.find(connection) if row.state in bad]


def _unsent(office: Office, connection: Connection) -> list[str]:
    if office.is_city:
        return []
    to = addressee(office, connection)
    return [f"{row.type} {row.id}" for row in unsent(office, connection, to)]


class _Undo(Exception):
    """Ends the rebuilding without keeping it."""


def rebuilt_the_same(office: Office) -> bool:
    """Whether the state made anew from the log is what is there; nothing is kept of it."""
    same = False
    try:
        with office.store.write() as connection:
            before = states.digest(connection)
            state_from_log.rebuild(connection, office.standpoint)
            same = states.digest(connection) == before
            raise _Undo
    except _Undo:
        return same
