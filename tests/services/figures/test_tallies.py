"""分类统计 counted again from the raw lines of the log, and every number against its list."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.domain.kernel.fields import Kind
from app.domain.records import (
    Activity,
    Aid,
    Area,
    Campaign,
    Case,
    Demand,
    Diary,
    Document,
    Enterprise,
    Group,
    Hazard,
    Meeting,
    Person,
    Plan,
    Policy,
    Press,
    Visit,
    body_of,
)
from app.services.figures import tallies, tally_look
from app.services.figures.added_kinds import kinds_of
from app.services.figures.statistics import statistics
from app.services.figures.tallies import Asked, TallyView
from app.services.figures.tally_kinds import ACROSS, KINDS, TallyKind
from app.services.lists import table_query
from app.services.lists.chips import behind_figure, of_these
from app.services.lists.table_query import TableQuery
from app.services.office.office import Office
from app.services.records import saving, voiding
from app.services.reviewing import answers, pair_decisions
from database.state import states
from database.state.filters import live
from tests.services.figures.raw_log import folded
from tests.services.offices import COUNTY, SECOND_COUNTY, SetClock, carry, deliver, save_visit

Body = dict[str, Any]
NUMBERS = ("110101199003077774", "11010119900307803X", "11010519491231002X")
TODAY = dt.date(2011, 11, 20)


ADDED: list[Body] = [
    {"type": "visit", "name": "heat", "label": "取暖方式", "kind": "code", "options": "煤、电、气"},
    {"type": "visit", "name": "given", "label": "送去", "kind": "codes", "options": "煤、被子"},
    {"type": "visit", "name": "cold", "label": "停暖", "kind": "flag"},
    {"type": "visit", "name": "coal", "label": "取暖用煤", "kind": "integer", "unit": "吨"},
    {"type": "visit", "name": "gift", "label": "送温暖金", "kind": "money"},
    {"type": "visit", "name": "said", "label": "一句话"},
    {"type": "plan", "name": "car", "label": "派车", "kind": "flag"},
    {"type": "group", "name": "cars", "label": "车辆", "kind": "integer"},
    {"type": "document", "name": "pages", "label": "页数", "kind": "integer", "unit": "页"},
    {"type": "activity", "name": "prize", "label": "奖金", "kind": "money", "unit": "万元"},
    {"type": "diary", "name": "told", "label": "谁说的", "kind": "code", "options": "职工、老板"},
    {"type": "meeting", "name": "open", "label": "公开", "kind": "flag"},
    {"type": "press", "name": "words", "label": "字数", "kind": "integer", "unit": "字"},
    {"type": "policy", "name": "valid", "label": "有效", "kind": "flag"},
]
"""What 2011-36 adds in these tests: every kind of field, on every type that may have one."""


def add_fields(city: Office, *below: tuple[Office, str, Path]) -> None:
    """The city adds them to its campaign and sends them down."""
    (found,) = [one for one in saving.listing(city, Campaign) if one.record.code == "2011-36"]
    saving.save(city, Campaign, {"extra_fields": ADDED}, record=found.id)
    for office, station, stick in below:
        carry(office, answers.answer(city, station, stick).files)


def keyed(office: Office, clock: SetClock, seed: int) -> None:
    """A season with everything in it that is counted, some of it void, some without a visit."""
    chance = random.Random(seed)
    town = {"511111": "沙湾镇", "511112": "竹根镇"}[office.identity.station]
    persons = [
        saving.save(
            office,
            Person,
            {"name": f"沈{n}山", "resident_id": NUMBERS[n + seed], "consent_on": "2011-07-01",
             "categories": chance.sample(["worker", "migrant", "laid_off"], n)},
        ).id
        for n in range(2)
    ]  # fmt: skip
    team = {"name": f"{town}工作组", "level": "county", "leaders": "王组长"}
    saving.save(office, Group, {**team, "extra": {"cars": 2 + seed}})
    saving.save(office, Enterprise, {"name": "没有地方的厂", "ownership": "私营", "key": "是"})
    for n in range(14):
        day = (dt.date(2011, 7, 4) + dt.timedelta(days=chance.randrange(120))).isoformat()
        clock.set(2011, 11, 1 + n)
        items = [{"item": one} for one in chance.sample(["visit", "aid", "research"], n % 4 % 3)]
        visit = save_visit(
            office,
            enterprise_name=f"{office.identity.station}第{n % 5}厂",
            visited_on=day,
            workers_met=n,
            items=items,
            front_line=chance.sample(["learn", "help", "settle"], n % 3),
            priorities=chance.sample(["policy", "listen", "solve", "develop"], n % 4),
            methods=chance.sample(["meeting", "visit"], 1 + n % 2),
            led_by_chief=("是", "否", "")[n % 3],
            area=town if n % 3 else "",
            extra=added_to_visit(n),
        ).id
        if n == 6:
            voiding.void(office, Visit, visit, "录重了")
        linked = {"visit": visit} if n % 4 else {}
        told: Body = {"content": "要求", "category": ("生活", "就业")[n % 2], "raised_on": day}
        told["trends"] = ["situation", "problem", "conflict"][n % 4 :]
        told |= {"raiser": ("职工", "")[n % 2], "due": ("2011-10-01", "2011-12-30")[n % 2]}
        closing: Body = ({}, {"closed_on": "2011-11-01"}, {"state": "working"})[n % 3]
        saving.save(office, Demand, told | linked | closing)
        hazard: Body = {
            "nature": ("arrears", "injury")[n % 2],
            "level": ("major", "general")[n % 2],
        }
        hazard |= {"found_at": f"{day} 10:00", "people": n, "description": "欠薪"}
        hazard["trends"] = ["situation", "problem", "conflict"][: n % 4]
        saving.save(office, Hazard, {**hazard, **linked, **({"closed_on": day} if n % 3 else {})})
        case = saving.save(
            office,
            Case,
            {"person": persons[n % 2], **linked, "types": ["living", "medical"][: 1 + n % 2],
             "found_on": day},
        ).id  # fmt: skip
        aid = {"case": case, "given_on": day, "type": "medical", "money": f"{n}.50"}
        aid |= {"programme": ("summer", "winter", "")[n % 3], "fund": ("union", "city")[n % 2]}
        saving.save(office, Aid, aid)
        keep_records(office, n, day)


def added_to_visit(n: int) -> Body:
    """What the campaign adds, each in turn said and not said."""
    told: Body = {"heat": ("煤", "电", "")[n % 3], "given": ["煤", "被子"][: n % 3]}
    told |= {"cold": (True, False, None)[n % 3], "coal": n if n % 2 else None}
    told |= {"gift": f"{n}.50" if n % 4 else None, "said": "冷"}
    return {name: value for name, value in told.items() if value not in (None, "", [])}


def keep_records(office: Office, n: int, day: str) -> None:
    """工作记录 and 材料 of one day, each in turn with and without what may be left out."""
    station = office.identity.station
    own = [one.id for one in saving.listing(office, Enterprise) if one.owner == station]
    firm = {"enterprise": own[n % 2]} if n % 3 else {}
    if n % 2:
        with office.store.read() as connection:
            group = states.find(connection, Group, limit=1)[0].id
        saving.save(
            office,
            Plan,
            {"enterprise": own[n % 2], "group": group, "planned": ("2011-12-20", day)[n % 4 // 3],
             **({"extra": {"car": n % 4 == 1}} if n % 5 else {})},
        )  # fmt: skip
        told: Body = {"group": group, "kept_on": day, "author": "付志勇", "content": "第一手"}
        told["extra"] = {"told": ("职工", "老板")[n % 4 // 3]}
        saving.save(office, Diary, told | {"categories": ["life", "work"][: n % 3]})
    activity: Body = {"title": "宣传", "kind": ("publicity", "contest")[n % 2], "held_on": day}
    activity["extra"] = {"prize": f"{n}.25"} if n % 3 else {}
    saving.save(office, Activity, activity | firm | ({"people": 10 * n} if n % 4 else {}))
    meeting: Body = {"title": "研究", "kind": ("work", "inspection")[n % 2], "held_on": day}
    meeting["extra"] = {"open": n % 3 == 0} if n % 4 else {}
    saving.save(office, Meeting, meeting | firm | ({"done_on": day} if n % 2 else {}))
    news: Body = {"title": "动态", "kind": ("news", "results", "plan")[n % 3], "dated": day}
    sent: Body = ({}, {"submitted_on": day}, {"outcome": "adopted"}, {"outcome": "returned"})[n % 4]
    news["extra"] = {"pages": n} if n % 2 else {}
    saving.save(office, Document, news | sent)
    press: Body = {"title": "报道", "outlet": "乐山日报", "form": ("newspaper", "internet")[n % 2]}
    press["extra"] = {"words": 100 * n} if n % 5 else {}
    saving.save(office, Press, press | firm | {"published_on": day})
    policy: Body = {"title": "办法", "kind": ("system", "method")[n % 2], "issued_on": day}
    policy["extra"] = {"valid": n % 2 == 0}
    saving.save(office, Policy, policy | {"mechanisms": ["serving", "contact"][: n % 3]})


@pytest.fixture
def full_city(
    city: Office, county: Office, second_county: Office, clock: SetClock, tmp_path: Path
) -> Office:
    below = ((county, COUNTY, tmp_path / "1"), (second_county, SECOND_COUNTY, tmp_path / "2"))
    add_fields(city, *below)
    for seed, office in enumerate((county, second_county)):
        keyed(office, clock, seed)
        deliver(office, city, tmp_path / office.identity.station)
    clock.set(TODAY.year, TODAY.month, TODAY.day)
    with city.store.read() as connection:
        same = [s for s in states.find(connection, Person) if s.record.resident_id == NUMBERS[1]]
    one, other = same
    pair_decisions.link(city, Person, one.id, other.id, same=True, reason="身份证号相同")
    return city


class Raw:
    """The same season as bodies of the log, and what each of them belongs to."""

    def __init__(self, found: dict[str, dict[str, Body]]) -> None:
        self.found = found

    def of_campaign(self, record_type: type[Any]) -> list[Body]:
        return [{**one, "id": id} for id, one in self.found[record_type.type_name].items()
                if self._belongs(one)]  # fmt: skip

    def _belongs(self, one: Body) -> bool:
        visit = self.visit(one)
        if "campaign" in one or visit:
            return bool((visit or one)["campaign"] == "2011-36")
        day = str(self.day(one))
        return "2011-07-01" <= day <= "2011-12-31"

    def visit(self, one: Body) -> Body | None:
        case = self.found["case"].get(one.get("case", ""), {})
        return self.found["visit"].get(one.get("visit") or case.get("visit", ""))

    @staticmethod
    def day(one: Body) -> str:
        names = (
            "visited_on", "raised_on", "found_at", "found_on", "given_on",
            "kept_on", "held_on", "dated", "published_on", "issued_on", "planned",
        )  # fmt: skip
        return next((str(one[name])[:10] for name in names if name in one), "")

    def person(self, one: Body) -> Body:
        case = self.found["case"].get(one.get("case", ""), {})
        return self.found["person"][one.get("person") or case["person"]]


def closed(one: Body) -> bool:
    return "closed_on" in one or "closed" in (one.get("state"), one.get("stage"))


def age(one: Body) -> str:
    end = dt.date.fromisoformat(one.get("closed_on", TODAY.isoformat()))
    days = (end - dt.date.fromisoformat(one["raised_on"])).days
    return next((name for name, most in (("30", 30), ("60", 60), ("90", 90), ("180", 180))
                 if days <= most), "more")  # fmt: skip


KEYS: dict[str, Callable[[Raw, Body], Iterable[str]]] = {
    "six": lambda raw, one: [row["item"] for row in one.get("items", [])] or [""],
    "front": lambda raw, one: one.get("front_line") or [""],
    "priorities": lambda raw, one: one.get("priorities") or [""],
    "methods": lambda raw, one: one.get("methods") or [""],
    "programmes": lambda raw, one: one.get("programmes") or [""],
    "led": lambda raw, one: [{True: "yes", False: "no", None: ""}[one.get("led_by_chief")]],
    "demands": lambda raw, one: [one.get("category", "")],
    "states": lambda raw, one: ["closed" if closed(one) else one.get("state", "")],
    "ages": lambda raw, one: [age(one)],
    "raisers": lambda raw, one: [one.get("raiser", "")],
    "cases": lambda raw, one: one["types"],
    "stages": lambda raw, one: ["closed" if closed(one) else one.get("stage", "")],
    "seasons": lambda raw, one: [one.get("programme", "")],
    "people": lambda raw, one: raw.person(one).get("categories") or [""],
    "aids": lambda raw, one: [one.get("type", "")],
    "funds": lambda raw, one: [one.get("fund", "")],
    "natures": lambda raw, one: [one["nature"]],
    "levels": lambda raw, one: [one["level"]],
    "demand-trends": lambda raw, one: one.get("trends") or [""],
    "hazard-trends": lambda raw, one: one.get("trends") or [""],
    "documents": lambda raw, one: [one["kind"]],
    "outlets": lambda raw, one: [one["form"]],
    "activities": lambda raw, one: [one["kind"]],
    "meetings": lambda raw, one: [one["kind"]],
    "diaries": lambda raw, one: one.get("categories") or [""],
    "policies": lambda raw, one: [one["kind"]],
    "mechanisms": lambda raw, one: one.get("mechanisms") or [""],
}


ONLY: dict[str, Callable[[Body], bool]] = {
    "closed": closed,
    "overdue": lambda one: not closed(one) and str(one.get("due", "9")) < str(TODAY),
    "done": lambda one: "done_on" in one,
    "submitted": lambda one: "submitted_on" in one or "outcome" in one,
    "adopted": lambda one: one.get("outcome") == "adopted",
    "returned": lambda one: one.get("outcome") == "returned",
}


def measured(raw: Raw, name: str, some: list[Body]) -> int | Decimal | None:
    """None of a sum that none of the records says anything to."""
    if name == "records":
        return len(some)
    if name == "persons":
        return len({raw.person(one)["resident_id"] for one in some})
    if name in ONLY:
        return sum(map(ONLY[name], some))
    _, _, field = name.rpartition(".")
    said = [(one | one.get("extra", {})).get(field) for one in some]
    told = [Decimal(one) for one in said if one is not None]
    return sum(told, Decimal(0)) if told or not some else None


def label(kind: TallyKind, key: str) -> str:
    return kind.codes.label_of(key) if key else "没有填"


def keys_of(raw: Raw, kind: TallyKind, one: Body) -> Iterable[str]:
    """Under which kinds a record counts, by the body as it was keyed."""
    if not kind.field:
        return KEYS[kind.name](raw, one)
    (added,) = [one for one in ADDED if f"{one['type']}.{one['name']}" == kind.name]
    value = one.get("extra", {}).get(added["name"])
    if value is None:
        return [""]
    if added["kind"] in (Kind.INTEGER, Kind.MONEY):
        return ["filled"]
    return value if isinstance(value, list) else [{True: "yes", False: "no"}.get(value, value)]


def test_every_number_is_that_of_a_recount_and_of_the_list_behind_it(full_city: Office) -> None:
    raw = Raw(folded(full_city))
    for kind in (one for one in KINDS if not one.of_directory):
        check_kind(full_city, raw, kind)


def test_what_the_campaign_adds_is_counted_as_a_recount_does(full_city: Office) -> None:
    raw = Raw(folded(full_city))
    (campaign,) = [
        one.record for one in saving.listing(full_city, Campaign) if one.record.code == "2011-36"
    ]
    for one in saving.listing(full_city, Group):
        # The city's own groups came in no package.
        raw.found["group"].setdefault(one.id, {**body_of(one.record), "writer": one.owner})
    added = [one for one in kinds_of(campaign) if one.field]
    assert [one.field for one in added] == [
        "取暖方式", "送去", "停暖", "取暖用煤", "送温暖金", "派车", "车辆", "页数", "字数", "奖金",
        "公开", "谁说的", "有效",
    ]  # fmt: skip
    for kind in added:
        check_kind(full_city, raw, kind)


def test_units_by_what_they_are_are_those_of_a_recount(full_city: Office) -> None:
    raw = Raw(folded(full_city))
    visited = {one["enterprise"] for one in raw.of_campaign(Visit)}
    with full_city.store.read() as connection:
        states_of = states.find(connection, Enterprise, live())
    shipped = {one.id: one.record for one in states_of}
    for kind in (one for one in KINDS if one.of_directory):
        view = tally_look.look(full_city, Asked(kind.name))
        told = {line.name: line.numbers for line in view.lines}
        assert told["合计"][0] == len(shipped)
        assert told["合计"][1] == len(visited)
        assert told["合计"][2] == len(shipped) - len(visited)
        if kind.part in ("kind", "ownership", "size"):
            assert sum(n[0] or 0 for name, n in told.items() if name != "合计") == len(shipped)
        check_lists(full_city, view)
        check_lists(full_city, tally_look.look(full_city, Asked(kind.name, "unit", "visited")))
    ownerships = Counter(one.ownership for one in shipped.values())
    view = tally_look.look(full_city, Asked("firms-ownership"))
    private = next(line for line in view.lines if line.name == "私营")
    assert private.numbers[0] == ownerships["private"] > 0


def check_kind(office: Office, raw: Raw, kind: TallyKind) -> None:
    records = raw.of_campaign(kind.record_type)
    parts: dict[str, list[Body]] = defaultdict(list)
    for one in records:
        for key in keys_of(raw, kind, one):
            parts[label(kind, key)].append(one)
    view = tallies.look(office, Asked(kind.name))
    for n, measure in enumerate(kind.measures):
        told = {line.name: line.numbers[n] for line in view.lines}
        assert told.pop("合计") == measured(raw, measure.name, records)
        assert {name: number for name, number in told.items() if name in parts} == {
            name: measured(raw, measure.name, some) for name, some in parts.items()
        }
        assert not any(number for name, number in told.items() if name not in parts)
    assert records
    check_lists(office, view)
    for across in filter(None, ACROSS):
        check_crossed(office, raw, kind, across, records)


def check_crossed(
    office: Office, raw: Raw, kind: TallyKind, across: str, records: list[Body]
) -> None:
    view = tallies.look(office, Asked(kind.name, across=across))
    rows: dict[str, list[Body]] = defaultdict(list)
    for one in records:
        rows[key_of(office, raw, across, one)].append(one)
    counts = {name: measured(raw, kind.measures[0].name, some) for name, some in rows.items()}
    by_row = {name: number for name, number in counts.items() if number}
    told = {line.name: line.numbers[0] for line in view.lines[1:] if line.numbers[0]}
    assert told == by_row
    for column, head in enumerate(view.heads[1:], 1):
        for line in view.lines[1:]:
            mine = [
                one
                for one in records
                if key_of(office, raw, across, one) == line.name
                and head.title in [label(kind, key) for key in keys_of(raw, kind, one)]
            ]
            counted = measured(raw, kind.measures[0].name, mine)
            if not mine and counts.get(line.name, 0) is None:
                counted = None
            assert line.numbers[column] == counted, (across, line.name, head.title)
    check_lists(office, view)


def key_of(office: Office, raw: Raw, across: str, one: Body) -> str:
    station = one.get("owner") or one["writer"]
    visit = one if "visited_on" in one else raw.visit(one)
    if across == "unit":
        return {"511111": "沙湾区总工会", "511112": "五通桥区总工会"}.get(station, "乐山市总工会")
    if across == "month":
        return raw.day(one)[:7] or "没有填日期"
    if across == "group":
        with office.store.read() as connection:
            own = one["id"] if "departments" in one or ("leaders" in one and not visit) else ""
            group = states.get(connection, Group, own or one.get("group", ""))
        return group.record.name if group else "没有填工作组"
    area = (visit or {}).get("area", "")
    if not area:
        firm = (visit or (one if "enterprise" in one else {})).get("enterprise", "")
        area = raw.found["enterprise"].get(firm, {}).get("area", "")
    if not area:
        return "没有填地区"
    with office.store.read() as connection:
        found = states.of_code(connection, Area, area)
    assert found is not None
    return found.record.name


def check_lists(office: Office, view: TallyView) -> None:
    """Of what is counted by the record, the list behind a number has just as many."""
    counting = ("次", "件", "人次", "户", "个")
    for row, line in enumerate(view.lines):
        for column, cell in enumerate(line.cells):
            head = view.heads[column]
            if cell is None or head.unit not in counting or head.title in ("走访职工", "参加"):
                continue
            words = view.said(row, column)
            chip = of_these(cell, words) if isinstance(cell, tuple) else behind_figure(cell, words)
            found = table_query.listed(office, TableQuery(view.record_type, chips=(chip,)))
            assert len(found.ids) == line.numbers[column], (line.name, head)


def test_what_no_visit_led_to_is_of_no_campaign_that_has_no_days_yet(
    county: Office, clock: SetClock
) -> None:
    """乐工发〔2012〕55号 has none: what was asked in 2011 is of 2011 alone."""
    clock.set(2011, 8, 1)
    asked = {"category": "生活", "content": "要求", "raised_on": "2011-07-20"}
    demand = saving.save(county, Demand, asked).id
    for campaign, count in (("2011-36", 1), ("2012-55", 0)):
        view = tally_look.look(county, Asked("demands", campaign=campaign))
        assert view.lines[0].numbers[0] == count
        assert statistics(county, campaign).table.total.values[4] == count
    visit = save_visit(county, campaign="2012-55", visited_on="2011-07-20").id
    saving.save(county, Demand, {"visit": visit}, record=demand)
    view = tally_look.look(county, Asked("demands", campaign="2012-55"))
    assert view.lines[0].numbers[0] == 1
