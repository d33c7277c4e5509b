"""`review`: the word of an office above on a record, and the trays of the office below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.frame.open_folder import at_work
from app.cli.frame.options import Data, Key, Operator, Type, day, pairs, type_named, wrong
from app.cli.frame.reply import Reply
from app.cli.records import saved_value

if TYPE_CHECKING:
    from app.services.records.saving import Saved

Text = Annotated[str, typer.Option("--text", help="附言")]
Questions = Annotated[list[str] | None, typer.Option("--question", help="项目=问题；可以写多次")]
Values = Annotated[list[str] | None, typer.Option("--value", help="项目=更正的值；可以写多次")]
SaidBy = Annotated[str, typer.Option("--said-by", help="电话里谁说的")]
SaidOn = Annotated[str | None, typer.Option("--said-on", help="哪天说的；不写是今天")]
Verdict = Annotated[
    str | None,
    typer.Option(
        "--verdict", help="只看 return（退回）、propose（更正）、accept（通过）或 adopt（采用）"
    ),
]
Everything = Annotated[bool, typer.Option("--all", help="也列出已经处理的")]

VERDICTS = {"return": "退回", "propose": "更正建议", "accept": "通过", "adopt": "采用"}


def _told(saved: Saved, done: str) -> list[str]:
    return [done if saved.id else f"{done}；等负责人确认，确认以前不写进回复。"]


def accept(
    *, data: Data, type_name: Type, key: Key, text: Text = "", operator: Operator = None
) -> Reply:
    """审核通过一条记录。"""
    from app.services.reviewing import reviews

    with at_work(data, operator) as office:
        saved = reviews.accept(office, type_named(type_name), key, text)
    return Reply(saved_value(saved), _told(saved, f"已通过：{key}"))


def send_back(
    *,
    data: Data,
    type_name: Type,
    key: Key,
    question: Questions = None,
    text: Text = "",
    operator: Operator = None,
) -> Reply:
    """退回一条记录，对有关项目写明问题。"""
    from app.services.reviewing import reviews

    questions = pairs(question or (), "--question")
    with at_work(data, operator) as office:
        saved = reviews.send_back(office, type_named(type_name), key, questions, text)
    return Reply(saved_value(saved), _told(saved, f"已退回：{key}"))


def propose(
    *,
    data: Data,
    type_name: Type,
    key: Key,
    said_by: SaidBy,
    value: Values = None,
    said_on: SaidOn = None,
    operator: Operator = None,
) -> Reply:
    """登记电话更正；本级的数字先用它，等对方采纳。"""
    from app.services.reviewing import reviews

    told = pairs(value or (), "--value")
    if not told:
        wrong("缺少选项 --value。")
    on = day(said_on)
    corrections = {n: reviews.Correction(v, said_by, on) for n, v in told.items()}
    with at_work(data, operator) as office:
        saved = reviews.propose(office, type_named(type_name), key, corrections)
    return Reply(saved_value(saved), _told(saved, f"已登记更正：{key}（待县确认）"))


Other = Annotated[str, typer.Argument(metavar="OTHER", help="另一条的编号或 id")]
Same = Annotated[bool | None, typer.Option("--same/--different", help="是同一个，还是不同的")]
Reason = Annotated[str, typer.Option("--reason", help="理由")]


def link(
    *,
    data: Data,
    type_name: Type,
    key: Key,
    other: Other,
    reason: Reason,
    same: Same = None,
    operator: Operator = None,
) -> Reply:
    """认定两条疑似重复的记录是同一个，还是不同的。"""
    from app.services.reviewing import pair_decisions

    if same is None:
        wrong("请在 --same、--different 中选一个。")
    with at_work(data, operator) as office:
        saved = pair_decisions.link(
            office, type_named(type_name), key, other, same=same, reason=reason
        )
    return Reply(saved_value(saved), [f"已认定为{'同一个' if same else '不同'}：{key}、{other}"])


Station = Annotated[str, typer.Argument(metavar="STATION", help="单位代码")]
RecordId = Annotated[str, typer.Argument(metavar="ID", help="记录的内部号")]


def owners(*, data: Data, operator: Operator = None) -> Reply:
    """列出两个单位都填写了、归属还没有认定的记录。"""
    from app.services.deciding import owners

    with at_work(data, operator) as office:
        found = owners.contested(office)
    lines = [
        f"{one.record}  {one.label}{one.number}  {one.station} {one.station_name}  {one.at[:10]}"
        for one in found
    ]
    return Reply({"claims": found}, lines or ["没有等待认定的记录。"])


def owner(
    *, data: Data, record: RecordId, station: Station, reason: Reason, operator: Operator = None
) -> Reply:
    """市总工会认定一条记录归哪个单位。"""
    from app.services.deciding import owners

    with at_work(data, operator) as office:
        saved = owners.decide(office, record, station, reason)
    return Reply(saved_value(saved), [f"已认定：{record} 归 {station}"])


def list_reviews(
    *,
    data: Data,
    verdict: Verdict = None,
    everything: Everything = False,
    operator: Operator = None,
) -> Reply:
    """列出上级对本单位记录的审核，默认只列还没处理的。"""
    from app.cli.frame.record_views import brief, tray_value
    from app.services.reviewing import trays

    if verdict is not None and verdict not in VERDICTS:
        wrong(f"没有“{verdict}”。可以是：{'、'.join(VERDICTS)}。")
    with at_work(data, operator, reads=True) as office:
        wanted = [verdict] if verdict else list(VERDICTS)
        filled = {word: trays.tray(office, word) for word in wanted}
    items = [
        (word, item)
        for word, tray in filled.items()
        for item in (tray if everything else trays.open_items(tray))
    ]
    return Reply(
        {"items": [{"verdict": word, **tray_value(item)} for word, item in items]},
        [f"{VERDICTS[word]}  {brief(item.record)}" for word, item in items],
    )


Numbers = Annotated[list[int] | None, typer.Argument(metavar="N…", help="待确认的号；不写是全部")]
Word = Annotated[str, typer.Option("--word", help="交回的原因")]
Turn = Annotated[bool | None, typer.Option("--on/--off", help="开或关；不写只看现在怎样")]


def two_steps(*, data: Data, turn: Turn = None, operator: Operator = None) -> Reply:
    """审核是否分两步：经办拟，负责人确认以后才生效、才写进回复。"""
    from app.services.reviewing import two_steps

    with at_work(data, operator, reads=turn is None) as office:
        if turn is not None:
            two_steps.turn(office, on=turn)
        on = two_steps.is_on(office)
    return Reply({"on": on}, ["审核分两步，由负责人确认。" if on else "审核不分两步。"])


def drafts(*, data: Data, operator: Operator = None) -> Reply:
    """列出等负责人确认的审核，和交回来的。"""
    from app.services.reviewing import drafts_list

    with at_work(data, operator, reads=True) as office:
        found = drafts_list.drafts(office)
    lines = [
        f"{one.n}  {one.number}  拟{one.verdict}  {one.words}  {one.by}  "
        + (f"{one.closed_by}交回：{one.word}" if one.handed_back else "等确认")
        for one in found.rows
    ]
    return Reply({"on": found.on, "drafts": found.rows}, lines or ["没有等确认的审核。"])


def confirm(*, data: Data, numbers: Numbers = None, operator: Operator = None) -> Reply:
    """负责人确认经办拟的审核。"""
    from app.services.reviewing import drafts_list, two_steps

    with at_work(data, operator) as office:
        waiting = [one.n for one in drafts_list.drafts(office).rows if not one.handed_back]
        step = two_steps.confirm(office, numbers or waiting)
    lines = [f"已确认 {len(step.after)} 条。"]
    lines += [f"{one}：后来又变了，没有确认。" for one in step.changed]
    return Reply({"confirmed": [one.made for one in step.after], "changed": step.changed}, lines)


def hand_back(
    *, data: Data, word: Word, numbers: Numbers = None, operator: Operator = None
) -> Reply:
    """负责人把经办拟的审核交回去，写明原因。"""
    from app.services.reviewing import two_steps

    with at_work(data, operator) as office:
        step = two_steps.hand_back(office, numbers or (), word)
    return Reply({"handed_back": [one.n for one in step.after]}, [f"已交回 {len(step.after)} 条。"])
