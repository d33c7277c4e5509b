"""`paper`: 档案表, 名册, 签领表, 公示名单 and 隐患报告单; and who saw numbers in full."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

import typer

from app.cli.forms import Blank, Paper, printed
from app.cli.frame.open_folder import at_work
from app.cli.frame.options import Data, Operator, day, wrong
from app.cli.frame.progress import watched
from app.cli.frame.reply import Reply
from app.documents.drawing.target import Target

Persons = Annotated[
    list[str] | None, typer.Option("--person", help="困难职工的编号或 id；可以写多次；不写是全部")
]
Hazards = Annotated[list[str], typer.Argument(metavar="ID", help="隐患的编号或 id；可以写几个")]
Aids = Annotated[
    list[str] | None, typer.Option("--aid", help="帮扶记录的编号或 id；可以写多次；不写是全部")
]
Since = Annotated[str | None, typer.Option("--since", help="从这一天起的帮扶记录")]
Until = Annotated[str | None, typer.Option("--until", help="到这一天为止的帮扶记录")]
OfUnit = Annotated[str, typer.Option("--unit", help="只列这个单位（单位代码）")]
Because = Annotated[
    str | None, typer.Option("--full-numbers-because", help="印全部身份证号的原因；会记下来")
]
Given = Annotated[bool, typer.Option("--given", help="公示帮扶情况，而不是建档名单")]
Opens = Annotated[str | None, typer.Option("--from", help="公示开始日期")]
Closes = Annotated[str | None, typer.Option("--to", help="公示截止日期")]
Telephone = Annotated[str | None, typer.Option("--telephone", help="监督电话")]


def file(
    *, data: Data, out: Paper, person: Persons = None, blank: Blank = False,
    operator: Operator = None,
) -> Reply:  # fmt: skip
    """打印困难职工档案表（双面）：一户、几户、全部，或一张空表。"""
    from app.services.papers.person_papers import print_person_sheets

    if blank and person:
        wrong("--blank 和 --person 不能同时写。")
    target = Target(out)
    with at_work(data, operator) as office, watched() as watch:
        pages = print_person_sheets(
            office,
            target,
            persons=person,
            blank=blank,
            progress=watch.progress,
            cancel=watch.cancel,
        )
    return printed("困难职工档案表", target, pages)


def roster(
    *, data: Data, out: Paper, person: Persons = None, unit: OfUnit = "",
    operator: Operator = None,
) -> Reply:  # fmt: skip
    """打印困难职工名册；身份证号只印前 6 位和后 2 位。"""
    from app.services.papers.person_papers import print_roster

    target = Target(out)
    with at_work(data, operator) as office, watched() as watch:
        pages = print_roster(
            office, target, persons=person, unit=unit, progress=watch.progress, cancel=watch.cancel
        )
    return printed("困难职工名册", target, pages)


def sign(
    *, data: Data, out: Paper, aid: Aids = None, since: Since = None, until: Until = None,
    blank: Blank = False, because: Because = None, operator: Operator = None,
) -> Reply:  # fmt: skip
    """打印慰问（救助）金发放签领表；身份证号要说明原因才印全。"""
    from app.services.papers.aid_choice import AidChoice
    from app.services.papers.aid_papers import print_sign_list

    choice = AidChoice(aids=aid, since=_day(since), until=_day(until))
    target = Target(out)
    with at_work(data, operator) as office, watched() as watch:
        pages = print_sign_list(
            office,
            target,
            choice,
            full_numbers_because=because,
            blank=blank,
            progress=watch.progress,
            cancel=watch.cancel,
        )
    return printed("签领表", target, pages)


def public(
    *, data: Data, out: Paper, person: Persons = None, given: Given = False, since: Since = None,
    until: Until = None, opens: Opens = None, closes: Closes = None, telephone: Telephone = None,
    operator: Operator = None,
) -> Reply:  # fmt: skip
    """打印公示名单：没有身份证号、电话、住址和病情。"""
    from app.services.papers.aid_choice import AidChoice
    from app.services.papers.aid_papers import Notice, print_public_list

    notice = Notice(opens=_day(opens), closes=_day(closes), telephone=telephone)
    target = Target(out)
    with at_work(data, operator) as office, watched() as watch:
        pages = print_public_list(
            office,
            target,
            persons=person,
            aids=AidChoice(since=_day(since), until=_day(until)) if given else None,
            notice=notice,
            progress=watch.progress,
            cancel=watch.cancel,
        )
    return printed("公示名单", target, pages)


def hazard(*, data: Data, out: Paper, key: Hazards, operator: Operator = None) -> Reply:
    """打印隐患报告单：预警级别、四个时间、报告给谁，一条一页。"""
    from app.services.papers.hazard_papers import print_hazard_reports

    target = Target(out)
    with at_work(data, operator, reads=True) as office, watched() as watch:
        pages = print_hazard_reports(
            office, target, key, progress=watch.progress, cancel=watch.cancel
        )
    return printed("隐患报告单", target, pages)


def seen(*, data: Data, operator: Operator = None) -> Reply:
    """列出谁在什么时候、为什么看过全号，最近的在前。"""
    from app.services.records.reveals import revealed

    with at_work(data, operator, reads=True) as office:
        found = revealed(office)
    lines = [f"{one.at[:16]}　{one.operator_name}　{one.number}　{one.why}" for one in found]
    value: list[dict[str, Any]] = [
        {
            "at": one.at,
            "operator": one.operator_name,
            "type": one.type,
            "number": one.number,
            "fields": list(one.fields),
            "why": one.why,
        }
        for one in found
    ]
    return Reply({"seen": value}, lines or ["没有人看过全号。"])


def _day(text: str | None) -> dt.date | None:
    return None if text is None else day(text)
