"""The story from July to December 2011, step by step, through the services people use."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.domain.records import Document, Hazard, Person, Visit
from app.services.records import saving, settling
from app.services.reporting import sealed_report, send_apart
from app.services.reviewing import pair_decisions, reviews, trays
from app.services.reviewing.reviews import Correction
from demo import (
    arranging,
    carrying,
    checking_list,
    counting,
    keeping,
    papers,
    typing_in,
    writing_up,
)
from demo.events import Events, Settled
from demo.founding import found_everyone
from demo.people import AIDED_TWICE
from demo.places import CITY, MABIAN, QIAOBA, SHAWAN, SHAWAN_2
from demo.stage import Stage
from demo.tables import day

JULY, AUTUMN, NOVEMBER = ("7-11", "9-30"), ("10-1", "10-31"), ("11-1", "11-30")


def play(stage: Stage) -> Events:
    """Play everything; returns what is to be told of it at the end."""
    events = Events()
    found_everyone(stage)
    papers.print_registrations(stage)
    summer(stage)
    warn(stage, events)
    differ(stage, events)
    report_in_autumn(stage, events)
    lose_and_heal(stage, events)
    review(stage, events)
    report_for_the_year(stage, events)
    decide(stage, events)
    papers.print_forms(stage)
    return events


def summer(stage: Stage) -> None:
    """The roster verified and goals set by the city; the board and first weeks of 沙湾."""
    typing_in.verify_roster(stage)
    counting.set_goals(stage)
    typing_in.type_firms(stage, SHAWAN)
    arranging.name_leaders(stage)
    arranging.form_groups(stage)
    checking_list.take_list(stage)
    arranging.arrange_visits(stage, "7-11", "9-30")
    typing_in.type_visits(stage, SHAWAN, "7-11", "8-9")


def warn(stage: Stage, events: Events) -> None:
    """沙湾's hazard goes to the city at once, as an urgent package of its own."""
    hazard = writing_up.type_hazard(stage, SHAWAN)
    files = send_apart.urgent(stage.offices[SHAWAN], hazard, stage.stick("urgent"))
    taken = carrying.take(stage, CITY, files)
    events.urgent = saving.show(stage.offices[CITY], Hazard, hazard).record.number
    stage.say(f"沙湾的隐患{events.urgent}已作为紧急报告送到市总（{taken[-1].contained}条记录）。")


def differ(stage: Stage, events: Events) -> None:
    """Two PCs of 沙湾 correct the same visit differently; the office settles it."""
    visit = stage.records[SHAWAN, "visit returned"]
    carrying.share(stage, SHAWAN, SHAWAN_2, "shawan-1-to-2")
    stage.calendar.turn("8-11", 10)
    saving.save(stage.offices[SHAWAN], Visit, {"workers_met": "29"}, record=visit)
    stage.calendar.turn("8-11", 11)
    saving.save(stage.offices[SHAWAN_2], Visit, {"workers_met": "31"}, record=visit)
    carrying.share(stage, SHAWAN_2, SHAWAN, "shawan-2-to-1")
    state = saving.show(stage.offices[SHAWAN], Visit, visit)
    told = sorted(int(value) for value, _ in state.conflicts["workers_met"])
    stage.calendar.turn("8-11", 14)
    settling.settle_conflict(stage.offices[SHAWAN], Visit, visit, {"workers_met": told[-1]})
    carrying.share(stage, SHAWAN, SHAWAN_2, "shawan-1-to-2-settled")
    events.settled = Settled(state.record.number, tuple(told), told[-1])
    words = "和".join(map(str, told))
    stage.say(f"{state.record.number}两处填写不一致（走访职工人次{words}），选定{told[-1]}。")


def report_in_autumn(stage: Stage, events: Events) -> None:
    """All offices go on typing; the first 报送 of 沙湾 and the township."""
    typing_in.type_firms(stage, SHAWAN_2)
    typing_in.type_visits(stage, SHAWAN_2, *JULY)
    typing_in.type_visits(stage, SHAWAN, "8-10", "9-30")
    typing_in.type_people(stage, SHAWAN)
    checking_list.check_list(stage)
    keeping.keep_records(stage)
    writing_up.type_demands(stage, SHAWAN, "9-28")
    typing_in.type_visits(stage, CITY, *JULY)
    for place in (MABIAN, QIAOBA):
        typing_in.type_firms(stage, place)
        typing_in.type_visits(stage, place, *JULY)
        typing_in.type_people(stage, place)
        writing_up.type_demands(stage, place, "9-29")
    writing_up.type_hazard(stage, MABIAN)
    carrying.take(stage, CITY, carrying.submit(stage, SHAWAN, "9-30"))
    carrying.take(stage, CITY, carrying.submit(stage, SHAWAN_2, "9-30"))
    carrying.take(stage, MABIAN, carrying.submit(stage, QIAOBA, "9-30"))
    stage.say("沙湾两台电脑已报送到市总，荍坝镇已报送到马边。")


def lose_and_heal(stage: Stage, events: Events) -> None:
    """马边's first stick is lost; the next file shows the city which number is missing."""
    lost = carrying.newest(_own(carrying.submit(stage, MABIAN, "10-8"), MABIAN.station))
    typing_in.type_visits(stage, MABIAN, "10-1", "10-15")
    visit = stage.records[MABIAN, "visit proposed"]
    saving.save(stage.offices[MABIAN], Visit, {"remarks": "补充：水库移民职工12人"}, record=visit)
    mailed = carrying.newest(_own(carrying.submit(stage, MABIAN, "10-17"), MABIAN.station))
    (account,) = carrying.take(stage, CITY, [mailed])
    events.lost, events.missing, events.waiting = lost.name, account.missing, account.waiting
    words = "、".join(f"第{seq}次" for seq in account.missing)
    stage.say(f"市总收到马边{mailed.name}，缺{words}报送，{account.waiting}条记录等待前一次。")
    stage.calendar.turn("10-18")
    carrying.answer_from_city(stage, [MABIAN], "answer-missing")
    stage.calendar.turn("10-19")
    again = sealed_report.export(stage.offices[MABIAN], stage.stick("mabian-again"))
    healed = carrying.take(stage, CITY, again)
    events.healed = tuple(one.seq for one in healed if one.file == lost.name)
    stage.say(f"马边补送{lost.name}和荍坝镇的报送文件，缺的补齐了。")


def _own(files: Sequence[Path], station: str) -> list[Path]:
    """Without what is only passed on."""
    return [file for file in files if file.name.startswith(f"{station}-")]


def review(stage: Stage, events: Events) -> None:
    """The city returns one record and proposes a value for another; both counties act on it."""
    city = stage.offices[CITY]
    stage.calendar.turn("10-25")
    returned = stage.records[SHAWAN, "visit returned"]
    proposed = stage.records[MABIAN, "visit proposed"]
    reviews.send_back(city, Visit, returned, {"headcount": "与上年统计差得多，请核对职工人数。"})
    told = Correction("232", "郝建川", day("10-24"))
    reviews.propose(city, Visit, proposed, {"headcount": told})
    reviews.accept(city, Visit, stage.records[SHAWAN, "visit long"])
    carrying.answer_from_city(stage, [SHAWAN, SHAWAN_2], "answer-shawan")
    carrying.answer_from_city(stage, [MABIAN], "answer-mabian")
    stage.calendar.turn("11-2")
    saved = saving.save(stage.offices[SHAWAN], Visit, {"headcount": "281"}, record=returned)
    events.returned = saved.number
    (item,) = trays.open_items(trays.tray(stage.offices[MABIAN], "propose"))
    adopted = settling.adopt(stage.offices[MABIAN], Visit, proposed, item.review.id)
    events.adopted = adopted.number
    counting.issue_totals(stage, SHAWAN)
    stage.say(f"退回的{saved.number}已改正；电话更正的{adopted.number}已采用。")


def report_for_the_year(stage: Stage, events: Events) -> None:
    """The rest of the autumn, then 年终上报: forms, 总结报告 and 综合调研报告 together."""
    typing_in.type_visits(stage, MABIAN, "10-16", "11-30")
    for place in (SHAWAN, SHAWAN_2, QIAOBA, CITY):
        typing_in.type_visits(stage, place, "10-1", "11-30")
    stage.calendar.turn("11-4")
    counting.type_progress(stage, "7-1", "10-31")
    arranging.arrange_visits(stage, "11-1", "12-31")
    stage.calendar.turn("12-2")
    counting.type_progress(stage, "11-1", "11-30")
    for place in (SHAWAN, MABIAN):
        writing_up.type_documents(stage, place)
    carrying.take(stage, MABIAN, carrying.submit(stage, QIAOBA, "12-9"))
    carrying.take(stage, CITY, carrying.submit(stage, SHAWAN_2, "12-12"))
    for place in (SHAWAN, MABIAN):
        carrying.take(stage, CITY, carrying.submit(stage, place, "12-12", "annual"))
    stage.say("两县年终上报：登记表、总结报告、综合调研报告，荍坝镇的随马边一起转到市总。")


def decide(stage: Stage, events: Events) -> None:
    """The city decides who is one person, approves a 总结, answers; everybody loads the answers."""
    stage.calendar.turn("12-16")
    one, other = (stage.records[place, f"person {AIDED_TWICE}"] for place in (SHAWAN, MABIAN))
    pair_decisions.link(
        stage.offices[CITY], Person, one, other, same=True, reason="身份证号相同，电话问过两县"
    )
    summary = stage.records[SHAWAN, "document 总结报告"]
    reviews.accept(stage.offices[CITY], Document, summary, "内容完整，数字与登记表一致。")
    counting.issue_totals(stage, CITY)
    carrying.answer_from_city(stage, [SHAWAN, SHAWAN_2], "final-shawan")
    carrying.answer_from_city(stage, [MABIAN], "final-mabian")
    carrying.answer_from_city(stage, [QIAOBA], "final-qiaoba-city")
    files = carrying.answer(stage, MABIAN, QIAOBA, "final-qiaoba")
    carrying.take(stage, QIAOBA, files)
    carrying.share(stage, SHAWAN_2, SHAWAN, "shawan-2-to-1-final")
    carrying.share(stage, SHAWAN, SHAWAN_2, "shawan-1-to-2-final")
    writing_up.issue_briefing(stage)
    checking_list.keep_filters(stage)
