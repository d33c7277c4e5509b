"""A walk through what may happen at a city's desk, at random, for what is kept in its store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from app.domain.kernel.errors import Cancelled, UserError
from app.domain.kernel.progress import Cancel, Step
from app.domain.records import (
    Aid,
    Campaign,
    Case,
    Demand,
    Document,
    Enterprise,
    Group,
    Person,
    Plan,
    Record,
    Unit,
    Visit,
)
from app.services.batches import batch_changes
from app.services.deciding import doubles, findings
from app.services.figures import coverage, possible_doubles, statistics
from app.services.office.office import Office
from app.services.receiving import package_undo
from app.services.records import campaign_choice, saving, voiding
from app.services.reviewing import answers, reviews
from app.services.reviewing.reviews import Correction
from database.books import worked_out
from database.log import packages
from database.state import states
from database.state.filters import live
from tests.services.offices import COUNTY, SECOND_COUNTY, SetClock, carry, deliver, save_visit

NAMES = ("沙湾竹器厂", "沙湾竹器有限公司", "沫若竹器厂", "乐山无线电厂")
ENDS = ("2011-08-05", "2011-12-31")
PERSONS = ("刘勇", "刘永")
NUMBERS = ("110101199003077774", "110101199003070337")
ADDED: list[dict[str, Any]] = [
    {"type": kind, "name": "coal", "label": "取暖用煤", "kind": "integer"}
    for kind in ("visit", "demand")
]
ASKED = [{**one, "name": "wood", "label": "取暖用柴", "required": True} for one in ADDED]


def refused(work: Callable[[], object]) -> None:
    """Do it; where the program refuses it, nothing happens."""
    with suppress(UserError):
        work()


@dataclass
class Walk:
    """One city, its counties, and chance."""

    city: Office
    counties: tuple[Office, Office]
    clock: SetClock
    folder: Path
    chance: Random
    sent: int = 0
    done: list[str] = field(default_factory=list)

    def step(self) -> None:
        """One thing that may happen."""
        name, work = self.chance.choice(list(STEPS.items()))
        self.done.append(name)
        work(self)

    def county(self) -> Office:
        return self.chance.choice(self.counties)

    def one_of(self, office: Office, kind: type[Record]) -> str | None:
        """Any record of its own, by id."""
        with office.store.read() as connection:
            rows = states.pick(connection, kind, ("id", "owner"), live())
        ids = [one for one, owner in rows if owner == office.identity.station]
        return self.chance.choice(ids) if ids else None

    def received(self, kind: type[Record]) -> str | None:
        """Any record that the city has of a county."""
        with self.city.store.read() as connection:
            rows = states.pick(connection, kind, ("id", "owner"), live())
        ids = [one for one, owner in rows if owner != self.city.identity.station]
        return self.chance.choice(ids) if ids else None

    def day(self) -> str:
        """A day of the last weeks."""
        return (self.clock().date() - dt.timedelta(days=self.chance.randrange(20))).isoformat()

    def visit(self) -> dict[str, Any]:
        return {
            "enterprise_name": self.chance.choice(NAMES),
            "visited_on": self.day(),
            "opinions": self.chance.choice(("", "希望加强培训。")),
            "headcount": self.chance.choice((40, 35, 900)),
            "extra": {"coal": self.chance.randrange(20)},
        }


def _keyed(walk: Walk, office: Office) -> None:
    visit = save_visit(office, **walk.visit()).id
    number, name = walk.chance.choice(NUMBERS), walk.chance.choice(PERSONS)
    person = saving.save(office, Person, {"name": name, "resident_id": number}).id
    help_on = {"types": "生活救助", "found_on": walk.day()}
    case = saving.save(office, Case, {"person": person, "visit": visit, **help_on}).id
    given = {"case": case, "type": "生活救助", "given_on": walk.day(), "money": "500"}
    saving.save(office, Aid, given)
    told = {"visit": visit, "category": "生活", "content": "取暖费没有发", "extra": {"coal": 12}}
    saving.save(office, Demand, told)


def _key_below(walk: Walk) -> None:
    office = walk.county()
    refused(lambda: _keyed(walk, office))


def _key_here(walk: Walk) -> None:
    refused(lambda: _keyed(walk, walk.city))


def _plan_here(walk: Walk) -> None:
    if (record := walk.received(Enterprise)) is not None:
        refused(lambda: saving.save(walk.city, Plan, {"enterprise": record, "planned": walk.day()}))


def _group_here(walk: Walk) -> None:
    if (record := walk.received(Enterprise)) is not None:
        team = {"name": "一组", "level": "city", "leaders": "王组长", "enterprises": [record]}
        group = walk.one_of(walk.city, Group)
        refused(lambda: saving.save(walk.city, Group, team, record=group))


def _document_here(walk: Walk) -> None:
    news = {"title": "动态", "kind": "news", "dated": walk.day()}
    refused(lambda: saving.save(walk.city, Document, news))


def _person_below(walk: Walk) -> None:
    office = walk.county()
    if (record := walk.one_of(office, Person)) is not None:
        told = {"name": walk.chance.choice(PERSONS), "resident_id": walk.chance.choice(NUMBERS)}
        refused(lambda: saving.save(office, Person, told, record=record))


def _case_below(walk: Walk) -> None:
    office = walk.county()
    record, person = walk.one_of(office, Case), walk.one_of(office, Person)
    if record and person:
        refused(lambda: saving.save(office, Case, {"person": person}, record=record))


def _edit_below(walk: Walk) -> None:
    office = walk.county()
    if (record := walk.one_of(office, Visit)) is not None:
        refused(lambda: saving.save(office, Visit, walk.visit(), record=record))


def _void_below(walk: Walk) -> None:
    office, kind = walk.county(), walk.chance.choice((Visit, Aid, Case))
    if (record := walk.one_of(office, kind)) is not None:
        refused(lambda: voiding.void(office, kind, record, "登记错了"))


def _deliver(walk: Walk) -> None:
    walk.sent += 1
    office = walk.county()
    refused(lambda: deliver(office, walk.city, walk.folder / f"stick{walk.sent}"))


def _undo(walk: Walk) -> None:
    with walk.city.store.read() as connection:
        rows = packages.find(connection, direction="in", kind="submission", state="merged")
    if rows:
        row = walk.chance.choice(rows)
        refused(lambda: package_undo.undo(walk.city, row.n))


def _merge_again(walk: Walk) -> None:
    with walk.city.store.read() as connection:
        rows = packages.find(connection, direction="in", state="withdrawn")
    if rows:
        row = walk.chance.choice(rows)
        refused(lambda: package_undo.merge_again(walk.city, row.n))


def _decide(walk: Walk) -> None:
    found = possible_doubles.duplicates(walk.city).open
    if found:
        pair, same = walk.chance.choice(found), walk.chance.random() < 0.5
        refused(lambda: doubles.decide(walk.city, [pair], same=same, reason="问过"))


def _take_back(walk: Walk) -> None:
    refused(lambda: doubles.take_back(walk.city))


def _propose(walk: Walk) -> None:
    if (record := walk.received(Visit)) is not None:
        said = Correction(walk.day(), "李经办", dt.date(2011, 9, 1))
        refused(lambda: reviews.propose(walk.city, Visit, record, {"visited_on": said}))


def _return(walk: Walk) -> None:
    if (record := walk.received(Visit)) is not None:
        refused(lambda: reviews.send_back(walk.city, Visit, record, {"职工人数": "请核对"}))


def _batch_undone(walk: Walk) -> None:
    record = walk.one_of(walk.city, Visit)
    if record is not None:
        refused(lambda: _changed_and_undone(walk, record))


def _changed_and_undone(walk: Walk, record: str) -> None:
    walk.clock.forward(seconds=1)
    done = batch_changes.set_field(walk.city, Visit, [record], "headcount", "900")
    seen(walk.city)
    batch_changes.take_back(walk.city, done.batch)


def _another_day(walk: Walk) -> None:
    walk.clock.forward(days=walk.chance.choice((1, 3, 15, -2, -9)))


def _campaign_changed(walk: Walk) -> None:
    added: list[dict[str, Any]] = [{"extra_fields": ADDED}, {"extra_fields": [*ADDED, *ASKED]}]
    changes = walk.chance.choice((*added, *({"ends": day} for day in ENDS)))
    refused(lambda: _campaign(walk, changes))


def _campaign_chosen(walk: Walk) -> None:
    codes = [one.record.code for one in saving.listing(walk.city, Campaign)]
    refused(lambda: campaign_choice.choose(walk.city, walk.chance.choice(codes)))


def _unit_moved(walk: Walk) -> None:
    (found,) = [one for one in saving.listing(walk.city, Unit) if one.record.code == COUNTY]
    parent = walk.chance.choice(("511100", "511112"))
    refused(lambda: saving.save(walk.city, Unit, {"parent": parent}, record=found.id))


def _killed(walk: Walk) -> None:
    cancel = Cancel()
    left = walk.chance.randrange(4)

    def progress(step: Step) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            cancel.set()

    with suppress(Cancelled):
        findings.look(walk.city, progress=progress, cancel=cancel)
        possible_doubles.duplicates(walk.city, progress=progress, cancel=cancel)


STEPS: Mapping[str, Callable[[Walk], None]] = {
    "key below": _key_below,
    "key below again": _key_below,
    "key here": _key_here,
    "plan here": _plan_here,
    "group here": _group_here,
    "document here": _document_here,
    "person below": _person_below,
    "case below": _case_below,
    "edit below": _edit_below,
    "void below": _void_below,
    "deliver": _deliver,
    "deliver again": _deliver,
    "undo": _undo,
    "undo again": _undo,
    "merge again": _merge_again,
    "merge again once more": _merge_again,
    "decide": _decide,
    "take back": _take_back,
    "propose": _propose,
    "return": _return,
    "batch undone": _batch_undone,
    "another day": _another_day,
    "campaign changed": _campaign_changed,
    "campaign chosen": _campaign_chosen,
    "unit moved": _unit_moved,
    "killed": _killed,
}


def seen(office: Office) -> Mapping[str, object]:
    """逻辑检查, 疑似重复, 覆盖 and 统计 as an office sees them."""
    look = findings.look(office)
    lines = sorted(map(repr, look.lines))
    return {
        "records": look.records,
        "findings": lines,
        "doubles": possible_doubles.duplicates(office),
        "coverage": coverage.coverage(office),
        "statistics": statistics.statistics(office),
    }


def new_session(office: Office) -> Office:
    """The same office with nothing in memory."""
    return replace(office, remembered={}, campaigns={})


def from_nothing(office: Office) -> Mapping[str, object]:
    """As it is seen without anything kept, which stays as it was."""
    with _forgotten(office):
        return seen(new_session(office))


@contextmanager
def _forgotten(office: Office) -> Iterator[None]:
    """While what is kept in the store is away."""
    with office.store.write() as connection:
        rows = [worked_out.get(connection, name) for name in NAMES_KEPT]
        worked_out.forget(connection)
    yield
    with office.store.write() as connection:
        for row in rows:
            if row is not None:
                worked_out.put(connection, row)


NAMES_KEPT = ("received check", "doubles", "coverage", "statistics")


def walks(walk: Walk, steps: int) -> Iterator[None]:
    """Something of everything to begin with; then so many steps, one after the other."""
    walk.clock.set(2011, 7, 28)
    _campaign(walk, {"extra_fields": ADDED})
    for station, office in zip((COUNTY, SECOND_COUNTY), walk.counties, strict=True):
        carry(office, answers.answer(walk.city, station, walk.folder / f"to{station}").files)
        for _ in range(3):
            refused(partial(_keyed, walk, office))
        walk.sent += 1
        deliver(office, walk.city, walk.folder / f"stick{walk.sent}")
    refused(lambda: _keyed(walk, walk.city))
    for _ in range(steps):
        walk.step()
        yield


def _campaign(walk: Walk, changes: Mapping[str, Any]) -> None:
    (found,) = [one for one in saving.listing(walk.city, Campaign) if one.record.code == "2011-36"]
    saving.save(walk.city, Campaign, changes, record=found.id)
