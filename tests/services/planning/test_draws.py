"""随机抽取 in real stores: drawn, replaced, planned, sent, checked by the city and by anybody."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest

from app.domain.campaign.random_draw import ALGORITHM, Allocation, order_drawn
from app.domain.kernel.errors import Cancelled, UserError
from app.domain.kernel.progress import Cancel, Step
from app.domain.records import Draw, Enterprise, Group, Link, Plan
from app.services.lists.chips import Chip, How
from app.services.office.office import Office
from app.services.planning import draw_files, draw_frames, draws
from app.services.planning.draw_frames import PARTS, DrawnFrom, frame_of
from app.services.planning.draws import DrawWish
from app.services.records import record_versions, saving, voiding
from app.services.records.checked_body import CheckFailed
from app.services.workbooks import excel_import
from tests.services.conftest import second_county
from tests.services.offices import SetClock, deliver

__all__ = ["second_county"]

SHAWAN = "511111100"
ABOVE = Chip("above_scale", How.IS, ("1",), "是")
DICE = "3 5 2 6 1 4"


def fill(office: Office, count: int = 30) -> list[str]:
    """Units of the office, every third one 规上, in two kinds."""
    return [
        saving.save(
            office,
            Enterprise,
            {
                "name": f"{chr(0x4E00 + n)}字号厂",
                "area": SHAWAN,
                "kind": "企业" if n % 2 else "事业单位",
                "above_scale": "是" if n % 3 == 0 else "否",
            },
            accept={"G01": "另一家"},
        ).id
        for n in range(count)
    ]


def wish(**changed: Any) -> DrawWish:
    given: dict[str, Any] = {
        "title": "走访单位抽取",
        "frame": DrawnFrom(),
        "allocation": Allocation.WHOLE,
        "number": 5,
        "seed": DICE,
        "witnesses": ["王主任"],
    }
    return DrawWish(**(given | changed))


@pytest.fixture
def units(county: Office) -> list[str]:
    return fill(county)


def test_a_draw_is_kept_with_all_that_proves_it(county: Office, units: list[str]) -> None:
    state = draws.make(county, wish()).state

    draw = state.record
    assert draw.number == "沙湾-抽2011-0001"
    assert (draw.campaign, draw.algorithm, draw.seed) == ("2011-36", ALGORITHM, DICE)
    assert (draw.seed_from, draw.drawn_by, draw.witnesses) == ("rolled", "李经办", ("王主任",))
    assert draw.drawn_at == dt.datetime.fromisoformat("2011-07-21T09:00:00+08:00")
    frame = draw_files.frame_of_draw(county, draw)
    assert frame.sha256 == draw.frame_sha256
    assert len(frame.units) == draw.strata[0].size
    drawn = order_drawn(frame, DICE, "", 5)
    assert [(one.id, one.name) for one in draw.results] == [(u.key, u.name) for u in drawn]
    draw_files.check(county, draw.number)
    assert draws.listed(county) == [state]


def test_without_a_seed_the_computer_takes_one(county: Office, units: list[str]) -> None:
    seeds = {draws.make(county, wish(seed="")).state.record.seed for _ in range(2)}
    assert len(seeds) == 2
    assert all(len(seed) == 32 for seed in seeds)
    assert draws.listed(county)[0].record.seed_from == "random"


def test_the_frame_is_the_list_narrowed_each_unit_once(county: Office, units: list[str]) -> None:
    whole = frame_of(county, DrawnFrom())
    assert {one.key for one in whole.frame.units} >= set(units)
    narrowed = frame_of(county, DrawnFrom(chips=(ABOVE,)))
    assert {one.key for one in narrowed.frame.units} == set(units[::3])
    assert narrowed.scope == ("规模以上：是",)

    saving.save(county, Enterprise, {"verification": "不存在"}, record=units[0])
    saving.save(
        county,
        Link,
        {"kind": "enterprise", "one": units[3], "other": units[6], "same": True, "reason": "一家"},
    )
    again = frame_of(county, DrawnFrom(chips=(ABOVE,)))
    assert (len(again.frame.units), again.gone) == (8, 1)


def test_reading_the_list_says_how_far_it_is_and_stops_there(
    county: Office, units: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draw_frames, "_TOLD_EVERY", 10)
    steps: list[Step] = []
    frame_of(county, DrawnFrom(), progress=steps.append)
    read = [one for one in steps if one.total]
    (whole,) = {one.total for one in read}
    assert whole >= len(units)
    assert [one.done for one in read] == [*range(0, whole, 10)]

    cancel = Cancel()

    def stop_at_ten(step: Step) -> None:
        assert step.done <= 10
        if step.done == 10:
            cancel.set()

    with pytest.raises(Cancelled):
        frame_of(county, DrawnFrom(), progress=stop_at_ten, cancel=cancel)


@pytest.mark.parametrize("part", PARTS)
def test_strata_hold_every_unit_in_words(county: Office, units: list[str], part: str) -> None:
    frame = frame_of(county, DrawnFrom(part=part)).frame
    assert sum(frame.sizes.values()) == len(frame_of(county, DrawnFrom()).frame.units)
    assert all(frame.sizes) == bool(part)
    if part == "size":
        assert frame.sizes["规模以上"] == 10


def test_strata_are_drawn_from_apart(county: Office, units: list[str]) -> None:
    made = wish(frame=DrawnFrom(chips=(ABOVE,), part="kind"), allocation=Allocation.EQUAL, number=2)
    draw = draws.make(county, made).state.record
    assert (draw.parted_by, draw.scope) == ("单位类型", ("规模以上：是",))
    assert Counter(one.stratum for one in draw.results) == {"企业": 2, "事业单位": 2}
    told = wish(frame=made.frame, allocation=Allocation.FIXED, number=0, fixed={"企业": 3})
    fixed = draws.make(county, told).state.record
    assert fixed.asked is None
    assert [(one.name, one.number) for one in fixed.strata] == [("事业单位", 0), ("企业", 3)]
    for one in draws.listed(county):
        draw_files.check(county, one.id)


def test_nothing_is_kept_of_a_draw_that_is_refused(county: Office, units: list[str]) -> None:
    looked_at = frame_of(county, DrawnFrom()).frame.sha256
    saving.save(county, Enterprise, {"name": "新来的厂"})
    with pytest.raises(UserError, match="名录又变了"):
        draws.make(county, wish(frame_sha256=looked_at))
    for refused in ({"number": 0}, {"number": 501}, {"seed": "一\n二"}):
        with pytest.raises(UserError):
            draws.make(county, wish(**refused))
    with pytest.raises(CheckFailed, match="监督人"):
        draws.make(county, wish(witnesses=[" "]))
    with pytest.raises(CheckFailed, match="抽取事项"):
        draws.make(county, wish(title=""))
    assert draws.listed(county) == []


def test_the_next_drawn_comes_in_for_one_that_cannot_be_visited(
    county: Office, units: list[str]
) -> None:
    state = draws.make(county, wish()).state
    frame = draw_files.frame_of_draw(county, state.record)
    order = order_drawn(frame, DICE, "", 7)
    first = state.record.results[0].id

    came = draws.replace(county, state.id, first, "已经停产")
    assert (came.unit.key, came.unit.place) == (order[5].key, 6)
    draws.replace(county, state.id, order[5].name, "迁出")

    seen = draws.seen(county, state.id)
    stand = [one.unit for one in seen.lines if one.stands]
    assert stand == [*(one.key for one in order[1:5]), order[6].key]
    (row, second) = seen.state.record.replacements
    assert (row.reason, row.by, row.on) == ("已经停产", "李经办", dt.date(2011, 7, 21))
    assert second.id == order[5].key
    draw_files.check(county, state.id)
    for unit, reason, code in (
        (first, "又一次", "NOT_DRAWN"),
        ("没有的", "x", "NOT_DRAWN"),
        (order[1].key, " ", "NO_REASON"),
    ):
        with pytest.raises(UserError) as refused:
            draws.replace(county, state.id, unit, reason)
        assert refused.value.code == code


def test_where_all_were_drawn_nobody_comes_in(county: Office, units: list[str]) -> None:
    frame = DrawnFrom(chips=(ABOVE,))
    state = draws.make(county, wish(frame=frame, number=10)).state
    with pytest.raises(UserError, match="没有替补"):
        draws.replace(county, state.id, state.record.results[0].id, "停产")


def test_a_draw_becomes_plans_that_a_replacement_takes_over(
    county: Office, units: list[str]
) -> None:
    state = draws.make(county, wish()).state
    group = saving.save(
        county, Group, {"name": "一组", "level": "县级", "leaders": "王", "campaign": "2011-36"}
    ).id
    placed = draws.make_plans(county, state.id)
    assert len(placed.plans) == 5
    plans = {s.record.enterprise: s for s in saving.listing(county, Plan)}
    assert {s.record.source for s in plans.values()} == {"drawn"}
    assert {s.record.remarks for s in plans.values()} == {"随机抽取：沙湾-抽2011-0001"}
    assert draws.make_plans(county, state.id).skipped == 5

    rest = draws.make(county, wish(seed="1 1")).state
    unplanned = next(one.id for one in rest.record.results if one.id not in plans)
    assert not draws.replace(county, rest.id, unplanned, "停产").planned

    gone = state.record.results[0].id
    told = {"group": group, "planned": "2011-08-05"}
    saving.save(county, Plan, told, record=plans[gone].id)
    came = draws.replace(county, state.id, gone, "停产")
    assert came.planned
    now = {s.record.enterprise: s.record for s in saving.listing(county, Plan)}
    assert gone not in now
    assert (now[came.unit.key].group, now[came.unit.key].planned) == (group, dt.date(2011, 8, 5))
    assert now[came.unit.key].source == "drawn"
    assert draws.seen(county, state.id).planned == now.keys()


def test_a_draw_is_never_changed(county: Office, units: list[str], tmp_path: Path) -> None:
    state = draws.make(county, wish()).state
    draws.replace(county, state.id, state.record.results[0].id, "停产")
    rows = json.loads(json.dumps([{"id": "x", "name": "别家", "place": 1}]))
    changes: tuple[dict[str, Any], ...] = (
        {"seed": "1"},
        {"title": "别的"},
        {"results": rows},
        {"replacements": []},
        {"attachments": []},
        {"remarks": "补一句"},
    )
    for changed in changes:
        with pytest.raises(CheckFailed, match="不能再改"):
            saving.save(county, Draw, changed, record=state.id)
    with pytest.raises(CheckFailed, match="不能再改"):
        voiding.bring_back(county, Draw, state.id, state.h, "想改回去")
    with pytest.raises(UserError, match="不能手工添加"):
        saving.save(county, Draw, {"title": "自己写的"})
    book = tmp_path / "抽取.xlsx"
    excel_import.template(Draw, book)
    with pytest.raises(UserError, match="不能手工添加"):
        excel_import.import_workbook(county, Draw, book, dry_run=True)


def test_a_draw_that_was_wrong_is_voided_and_keeps_its_number(
    county: Office, units: list[str], tmp_path: Path
) -> None:
    first = draws.make(county, wish()).state
    draws.void(county, first.record.number, "监督人没有到场")
    second = draws.make(county, wish()).state
    assert second.record.number == "沙湾-抽2011-0002"
    versions = record_versions.history(county, Draw, first.id)
    assert [v.revision.why for v in versions] == [None, "监督人没有到场"]
    with pytest.raises(UserError, match="作废"):
        draws.replace(county, first.id, first.record.results[0].id, "停产")
    with pytest.raises(UserError, match="作废"):
        draws.make_plans(county, first.id)
    place = draw_files.write_file(county, first.id, tmp_path / "作废的")
    assert place.name == "作废的.json"
    assert draw_files.verify_file(place).void


def test_the_city_gets_the_draw_with_its_list_and_checks_it(
    county: Office, city: Office, units: list[str], tmp_path: Path
) -> None:
    state = draws.make(county, wish(seed="")).state
    deliver(county, city, tmp_path / "stick")

    seen = draws.seen(city, state.record.number)
    assert (seen.own, seen.office) == (False, "沙湾区总工会")
    assert seen.state.record == state.record
    draw_files.check(city, state.id)
    with pytest.raises(UserError, match="别的单位"):
        draws.replace(city, state.id, state.record.results[0].id, "停产")
    with pytest.raises(UserError, match="别的单位"):
        draws.make_plans(city, state.id)

    draws.replace(county, state.id, state.record.results[0].id, "停产")
    deliver(county, city, tmp_path / "again")
    assert len(draws.seen(city, state.id).state.record.replacements) == 1
    draw_files.check(city, state.id)
    file = draw_files.write_file(city, state.id, tmp_path / "给大家")
    assert draw_files.verify_file(file).number == state.record.number


def test_the_city_draws_from_its_counties_in_proportion(
    county: Office, second_county: Office, city: Office, tmp_path: Path
) -> None:
    fill(county, 20)
    saving.save(second_county, Enterprise, {"name": "五通桥盐厂", "above_scale": "是"})
    deliver(county, city, tmp_path / "one")
    deliver(second_county, city, tmp_path / "other")
    made = wish(
        frame=DrawnFrom(chips=(ABOVE,), part="unit"), allocation=Allocation.PROPORTIONAL, number=4
    )
    state = draws.make(city, made).state
    layers = {one.name: one.number for one in state.record.strata}
    assert sum(number or 0 for number in layers.values()) == 4
    assert layers["沙湾区总工会"] == 4
    assert draws.make_plans(city, state.id).plans


def test_a_list_that_was_exchanged_is_found_out(county: Office, units: list[str]) -> None:
    state = draws.make(county, wish()).state
    other = draw_files.keep_frame(county, frame_of(county, DrawnFrom(chips=(ABOVE,))).frame)
    forged = type(state.record.attachments[0])(**other)
    draw = msgspec.structs.replace(state.record, attachments=(forged,))
    with pytest.raises(UserError, match="校验值不符"):
        draw_files.frame_of_draw(county, draw)
    with pytest.raises(UserError, match="没有附名单"):
        draw_files.frame_of_draw(county, msgspec.structs.replace(draw, attachments=()))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{}",
        b"[1,2]",
        b"\xff\xfe",
        b'{"format": "zoufang-draw-file-1"' + b"," * 2_000_000,
        b"[" * 50_000 + b"]" * 50_000,
    ],
)
def test_a_file_that_is_none_is_refused(raw: bytes, tmp_path: Path) -> None:
    place = tmp_path / "x.json"
    place.write_bytes(raw)
    with pytest.raises(UserError) as refused:
        draw_files.verify_file(place)
    assert refused.value.code == "DRAW_FILE"


def test_a_file_that_was_changed_is_refused(
    county: Office, units: list[str], tmp_path: Path
) -> None:
    state = draws.make(county, wish()).state
    place = draw_files.write_file(county, state.id, tmp_path / "a")
    told = json.loads(place.read_text("utf-8"))
    told["results"][0]["name"] = "想去的那家"
    place.write_text(json.dumps(told), "utf-8")
    with pytest.raises(UserError, match="核验不通过：抽中的单位不对：第 1 家应是"):
        draw_files.verify_file(place)


def test_a_file_too_large_is_not_read_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "x.json"
    with place.open("wb") as out:
        out.truncate(draw_files.LARGEST + 1)
    with pytest.raises(UserError, match="太大"):
        draw_files.verify_file(place)


def test_another_day_another_number(county: Office, units: list[str], clock: SetClock) -> None:
    draws.make(county, wish())
    clock.set(2011, 8, 1)
    late = draws.make(county, wish()).state
    assert next(iter(draws.listed(county))).id == late.id
