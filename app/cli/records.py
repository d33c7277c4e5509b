"""`add`, `void`, `settle`, `adopt`: what an office does to its own records."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from app.cli.frame.open_folder import at_work
from app.cli.frame.options import Accept, Data, Key, Operator, Type, pairs, type_named, wrong
from app.cli.frame.reply import Complaint, Reply, Status
from app.domain.kernel.errors import UserError
from app.exchange import strictjson
from app.exchange.files import opened, words_for

if TYPE_CHECKING:
    from app.domain.records import Record
    from app.services.office.office import Office
    from app.services.records.saving import Saved
    from database.state.states import State

From = Annotated[str, typer.Option("--from", help="JSON 文件；- 是标准输入")]
Change = Annotated[str | None, typer.Option("--record", help="修改这一条（编号或 id），不新增")]
Why = Annotated[str | None, typer.Option("--why", help="修改的原因")]

_LARGEST = 64 << 20
_MOST = 5_000_000
"""Bytes and values of a file of records."""
_WHY = {
    "a member stands twice": "有一项写了两次，不知道以哪一个为准。",
    "nested too deep": "括号套得太深。",
    "too many values": "内容太多。",
}


def add(
    *,
    data: Data,
    type_name: Type,
    source: From,
    operator: Operator = None,
    accept: Accept = None,
    record: Change = None,
    why: Why = None,
) -> Reply:
    """添加记录：一个 JSON 对象或一组对象，用项目代码或中文名称。"""
    record_type = type_named(type_name)
    reasons = pairs(accept or (), "--accept")
    rows = read_rows(source)
    if record is not None and len(rows) != 1:
        wrong("用 --record 时只能有一条。")
    with at_work(data, operator) as office:
        changed = _id_of(office, record_type, record) if record else None
        saver = _Saver(office, record_type, changed, reasons, why)
        results = [saver.save(number, row) for number, row in enumerate(rows, 1)]
    return _account(results)


def read_rows(source: str) -> list[Mapping[str, Any]]:
    """The objects in a JSON file, or on stdin for “-”; raises `UserError` NOT_JSON."""
    raw = sys.stdin.buffer.read(_LARGEST + 1) if source == "-" else _bytes_of(Path(source))
    if len(raw) > _LARGEST:
        raise UserError("NOT_JSON", "内容太大。", remedy="请分成几个文件。")
    try:
        read = strictjson.parse(raw.removeprefix(b"\xef\xbb\xbf"), most=_MOST)
    except ValueError as error:
        raise UserError(
            "NOT_JSON",
            "内容不是 JSON，或写得不规范。",
            why=_WHY.get(str(error), f"（{error}）"),
            remedy="请检查文件内容和编码。",
        ) from error
    rows = read if isinstance(read, list) else [read]
    if not rows or not all(isinstance(row, dict) for row in rows):
        raise UserError("NOT_JSON", "应是一个 JSON 对象，或一组对象。", remedy="请检查文件内容。")
    return rows


def _bytes_of(path: Path) -> bytes:
    with words_for(path), opened(path) as file:
        return file.read(_LARGEST + 1)


def _id_of(office: Office, record_type: type[Record], key: str) -> str:
    from app.services.records.saving import show

    return show(office, record_type, key).id


class _Saver:
    """Saves rows one by one, each in its own transaction; a bad one stops no other."""

    def __init__(
        self,
        office: Office,
        record_type: type[Record],
        record: str | None,
        accept: Mapping[str, str],
        why: str | None,
    ) -> None:
        self._office = office
        self._type = record_type
        self._how: dict[str, Any] = {"record": record, "accept": accept, "why": why}

    def save(self, number: int, row: Mapping[str, Any]) -> Saved | Complaint:
        """Save one row; a refusal is returned, with the row's number where it stands."""
        from app.services.records.saving import save

        try:
            return save(self._office, self._type, row, **self._how)
        except UserError as problem:
            return Complaint.of(problem)


def _account(results: Sequence[Saved | Complaint]) -> Reply:
    rows = [_row(number, result) for number, result in enumerate(results, 1)]
    refused = [result for result in results if isinstance(result, Complaint)]
    lines = [line for number, r in enumerate(results, 1) for line in _row_lines(number, r)]
    return Reply(
        {"rows": rows, "saved": len(rows) - len(refused), "refused": len(refused)},
        lines,
        tuple(refused),
        Status.REFUSED if refused else Status.DONE,
    )


def _row(number: int, result: Saved | Complaint) -> dict[str, Any]:
    if isinstance(result, Complaint):
        return {"row": number, "saved": False, "error": result.body}
    return {"row": number, "saved": True, **saved_value(result)}


def saved_value(saved: Saved) -> dict[str, Any]:
    """What came of a save, for a machine."""
    return {
        "id": saved.id,
        "number": saved.number,
        "h": saved.state.h,
        "findings": saved.findings,
    }


def _row_lines(number: int, result: Saved | Complaint) -> list[str]:
    if isinstance(result, Complaint):
        return [f"第{number}条没有保存：{result.line}"]
    return saved_lines(result)


def saved_lines(saved: Saved) -> list[str]:
    """What came of a save, for a person."""
    return [
        f"已保存：{saved.number or saved.id}",
        *(f"  提醒 {f.code}：{f.sentence}{f.remedy}" for f in saved.findings if not f.accepted),
    ]


def saved_reply(saved: Saved) -> Reply:
    """The reply of a command that saved one record."""
    return Reply(saved_value(saved), saved_lines(saved))


def void(
    *,
    data: Data,
    type_name: Type,
    key: Key,
    why: Annotated[str, typer.Option("--why", help="作废的原因")],
    operator: Operator = None,
) -> Reply:
    """作废一条记录；内容仍然保留。"""
    from app.services.records import voiding

    record_type = type_named(type_name)
    with at_work(data, operator) as office:
        saved = voiding.void(office, record_type, _id_of(office, record_type, key), why)
    return saved_reply(saved)


def bring_back(
    *,
    data: Data,
    type_name: Type,
    key: Key,
    h: Annotated[str, typer.Argument(help="要改回的那一次，见 history", show_default=False)],
    why: Annotated[str, typer.Option("--why", help="改回的原因")],
    operator: Operator = None,
) -> Reply:
    """改回以前某一次的内容，或取消作废；成为最新的一次。"""
    from app.services.records import voiding

    record_type = type_named(type_name)
    with at_work(data, operator) as office:
        saved = voiding.bring_back(office, record_type, _id_of(office, record_type, key), h, why)
    return saved_reply(saved)


Choose = Annotated[
    list[str] | None, typer.Option("--choose", help="项目=选定的值（JSON 或文字）；可以写多次")
]
Take = Annotated[
    list[str] | None, typer.Option("--take", help="项目=第几种填法，从 1 数起；可以写多次")
]


def settle(
    *,
    data: Data,
    type_name: Type,
    key: Key,
    choose: Choose = None,
    take: Take = None,
    operator: Operator = None,
) -> Reply:
    """选定两处填写不一致的内容；不写选项时列出各种填法。"""
    from app.services.records import saving, settling

    record_type = type_named(type_name)
    with at_work(data, operator) as office:
        state = saving.show(office, record_type, key)
        if not (choose or take):
            return _claims(state)
        choices = _taken(state, pairs(take or (), "--take"))
        choices |= {
            name: _json_or_text(text) for name, text in pairs(choose or (), "--choose").items()
        }
        if unknown := choices.keys() - state.conflicts.keys():
            wrong(f"“{min(unknown)}”没有填写不一致。有的是：{'、'.join(state.conflicts) or '无'}。")
        saved = settling.settle_conflict(office, record_type, state.id, choices)
    return saved_reply(saved)


def _claims(state: State[Record]) -> Reply:
    lines = [
        f"{path}  第{n}种：{msgspec.json.encode(value).decode()}"
        for path, claims in state.conflicts.items()
        for n, (value, _) in enumerate(claims, 1)
    ]
    value = {"id": state.id, "conflicts": state.conflicts}
    return Reply(value, lines or ["没有填写不一致。"])


def _taken(state: State[Record], wanted: Mapping[str, str]) -> dict[str, Any]:
    chosen = {}
    for path, text in wanted.items():
        claims = state.conflicts.get(path, ())
        if not text.isdecimal() or not 1 <= int(text) <= len(claims):
            wrong(f"“{path}”没有第{text}种填法。")
        chosen[path] = claims[int(text) - 1][0]
    return chosen


def _json_or_text(text: str) -> Any:
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError:
        return text


def adopt(
    *,
    data: Data,
    type_name: Type,
    key: Key,
    review: Annotated[str | None, typer.Option("--review", help="哪一条更正建议的 id")] = None,
    operator: Operator = None,
) -> Reply:
    """采纳上级的电话更正；不写 --review 时采纳还没处理的那一条。"""
    from app.services.records import settling

    record_type = type_named(type_name)
    with at_work(data, operator) as office:
        record = _id_of(office, record_type, key)
        saved = settling.adopt(
            office, record_type, record, review or _open_proposal(office, record)
        )
    return saved_reply(saved)


def _open_proposal(office: Office, record: str) -> str:
    from app.services.reviewing.trays import open_items, tray

    found = [i.review.id for i in open_items(tray(office, "propose")) if i.record.id == record]
    if not found:
        raise UserError(
            "NOT_FOUND", "这条记录没有待采纳的更正建议。", remedy="请先接收上级的回复。"
        )
    return found[-1]
