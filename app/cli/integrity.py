"""`check`: 逻辑检查 of the own records, and the store's own integrity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.frame.open_folder import at_work
from app.cli.frame.options import Data, Operator
from app.cli.frame.progress import watched
from app.cli.frame.reply import Complaint, Reply, Status

if TYPE_CHECKING:
    from app.services.backup.integrity import Examination, Fault
    from app.services.office.office import Office
    from app.services.reporting.report_check import Problem

Rebuild = Annotated[bool, typer.Option("--rebuild", help="由历史记录重算当前内容")]


def check(*, data: Data, rebuild: Rebuild = False, operator: Operator = None) -> Reply:
    """逻辑检查本单位的全部记录，并检查数据本身是否完好。"""
    from app.services.backup.integrity import examine_store
    from app.services.reporting.report_check import examine

    with at_work(data, operator, reads=not rebuild) as office, watched() as watch:
        store = examine_store(office, rebuild=rebuild, progress=watch.progress, cancel=watch.cancel)
        problems = examine(office, everything=True, progress=watch.progress)
        kept = list(_kept(office))
    count = Counter(problem.severity for problem in problems)
    errors, notes = count["错误"], count["提醒"] + count["核对"]
    broken, lost = _broken(store), [one for one in store.faults if one.kind == "package"]
    return Reply(
        {"problems": problems, "errors": errors, "notes": notes, "store": store},
        [*_lines(problems, store), *kept, f"错误{errors}处，提醒{notes}处。"],
        [*_damage(broken), *_lost(lost), *_open(errors)],
        Status.ENVIRONMENT if broken or lost else Status.REFUSED if errors else Status.DONE,
    )


def _broken(store: Examination) -> list[Fault]:
    """The faults of the store itself that stay; rows made anew are mended."""
    from app.services.backup.integrity import BREAKS

    return [
        fault
        for fault in store.faults
        if fault.kind in BREAKS and not (fault.kind == "state" and store.rebuilt)
    ]


def _damage(broken: Sequence[Fault]) -> Iterator[Complaint]:
    yield from (
        Complaint("SAVES_LOST", fault.sentence, remedy="补好以后加 --rebuild，不再提示。")
        for fault in broken
        if fault.kind == "lost"
    )
    broken = [fault for fault in broken if fault.kind != "lost"]
    if any(fault.kind != "state" for fault in broken):
        words = broken[0].sentence
        yield Complaint("STORE_DAMAGED", "数据有损坏。", words, "请用最近的备份恢复。")
    elif broken:
        words = broken[0].sentence
        yield Complaint("STATE_DIFFERS", words, remedy="请加 --rebuild 重算。")


def _lost(faults: Sequence[Fault]) -> Iterator[Complaint]:
    if faults:
        remedy = "请用 zoufang outbox find 找回；确实没有了，用 zoufang outbox lost 声明遗失。"
        yield Complaint("PACKAGE_BROKEN", faults[0].sentence, remedy=remedy)


def _open(errors: int) -> Iterator[Complaint]:
    if errors:
        yield Complaint("CHECKS_OPEN", f"还有{errors}处错误。", remedy="请改正后再报送。")


def _kept(office: Office) -> Iterator[str]:
    """How the records lie, where they lie on a server."""
    from app.services.office.server_place import protection

    if office.store.server is not None:
        with office.store.read() as connection:
            yield protection(connection, office.store.server)


def _lines(problems: Sequence[Problem], store: Examination) -> Iterator[str]:
    from app.domain.records import TYPES

    for one in problems:
        where = f"{TYPES[one.type].label}{one.number}"
        yield f"{one.severity} {one.code}  {where}：{one.sentence}{one.remedy}"
    yield from (fault.sentence for fault in store.faults)
    state = "完好" if store.sound else "有问题"
    yield f"数据{state}：{store.records}条记录，{store.revisions}次填写，核对值 {store.digest[:16]}"
