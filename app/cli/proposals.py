"""`review refuse`, `refused`, `withdraw`, `leave`, `demands`, `reply`: what becomes of a word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.frame.open_folder import at_work
from app.cli.frame.options import Data, Key, Operator, Type, type_named, wrong
from app.cli.frame.reply import Reply
from app.cli.records import saved_value

if TYPE_CHECKING:
    from app.services.office.office import Office

Keys = Annotated[list[str], typer.Argument(metavar="ID…", help="编号或记录的 id，可以几条")]
Reason = Annotated[str, typer.Option("--reason", help="不采用的理由")]
Undo = Annotated[bool, typer.Option("--undo", help="收回不采用")]
Refusal = Annotated[str, typer.Argument(metavar="ID", help="更正建议的 id，refused 里列着")]
Text = Annotated[str, typer.Option("--text", help="答复")]


def refuse(
    *,
    data: Data,
    type_name: Type,
    keys: Keys,
    reason: Reason = "",
    undo: Undo = False,
    operator: Operator = None,
) -> Reply:
    """不采用上级的更正和答复，写明理由；下次报送告诉上级。"""
    from app.services.batches import batch_changes
    from app.services.records.saving import show

    record_type = type_named(type_name)
    if not (undo or reason.strip()):
        wrong("缺少选项 --reason。")
    with at_work(data, operator) as office:
        records = [show(office, record_type, key).id for key in keys]
        if undo:
            count = sum(_take_back(office, type_name, record) for record in records)
            return Reply({"taken_back": count}, [f"已收回 {count} 条不采用。"])
        done = batch_changes.refuse_many(office, record_type, records, reason)
    left = [{"number": one.number, "why": one.why} for one in done.left]
    lines = [f"已写明不采用 {done.changed} 条，下次报送告诉上级。"]
    lines += [f"{one['number']}：{one['why']}" for one in left]
    return Reply({"refused": done.changed, "left": left}, lines)


def _take_back(office: Office, type_name: str, record: str) -> int:
    from app.services.lists import record_sheet
    from app.services.reviewing import refusals

    record_type = type_named(type_name)
    told = [one.refusal for one in record_sheet.opened(office, record_type, record).refused]
    if told:
        refusals.take_back(office, record_type, record, told)
    return len(told)


def refused(*, data: Data, operator: Operator = None) -> Reply:
    """列出对方不采用的更正，和理由。"""
    from app.services.deciding import differing

    with at_work(data, operator, reads=True) as office:
        found = [one for one in differing.disagreements(office) if one.refused is not None]
    value = [
        {
            "type": one.type,
            "record": one.id,
            "number": one.number,
            "unit": one.station,
            "review": one.refused.review,
            "reason": one.refused.reason,
            "left": one.returned,
            "fields": one.refused.fields,
        }
        for one in found
        if one.refused is not None
    ]
    lines = [
        f"{one.refused.review}  {one.station_name}  {one.number}  不采用：{one.refused.reason}"
        for one in found
        if one.refused is not None
    ]
    return Reply({"refused": value}, lines or ["没有对方不采用的更正。"])


def withdraw(*, data: Data, review: Refusal, operator: Operator = None) -> Reply:
    """撤回对方不采用的更正；下次回复告诉对方。"""
    from app.services.deciding import refused_proposals

    with at_work(data, operator) as office:
        decided = refused_proposals.withdraw(office, review)
    return Reply({"review": decided.review}, ["已撤回更正，下次回复告诉对方。"])


def leave(*, data: Data, review: Refusal, operator: Operator = None) -> Reply:
    """对方不采用的更正照旧留着。"""
    from app.services.deciding import refused_proposals

    with at_work(data, operator) as office:
        decided = refused_proposals.leave(office, review)
    return Reply({"review": decided.review}, ["已照旧留着。"])


def demands(*, data: Data, operator: Operator = None) -> Reply:
    """列出下级提请协调、还没有答复的意见诉求。"""
    from app.services.reviewing import passed_up

    with at_work(data, operator, reads=True) as office:
        found = passed_up.passed_up(office)
    lines = [
        f"{one.number}  {one.station}  {one.requested}"
        + ("" if one.days is None else f"  已等 {one.days} 天")
        for one in found
    ]
    return Reply({"demands": found}, lines or ["没有等答复的诉求。"])


def reply(*, data: Data, key: Key, text: Text, operator: Operator = None) -> Reply:
    """答复下级提请协调的意见诉求；随下次回复下去。"""
    from app.domain.records import Demand
    from app.services.records.saving import show
    from app.services.reviewing import passed_up, reviews

    with at_work(data, operator) as office:
        saved = passed_up.reply(office, show(office, Demand, key).id, text)
    waits = "；等负责人确认，确认以前不写进回复。" if reviews.waits(saved) else ""
    return Reply(saved_value(saved), [f"已答复：{key}{waits}"])
