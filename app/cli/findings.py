"""`findings`: 逻辑检查 of everything received, listed, returned, let stand, asked again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.frame.open_folder import at_work
from app.cli.frame.options import Data, Operator, wrong
from app.cli.frame.progress import Watch, watched
from app.cli.frame.reply import Complaint, Reply
from app.documents.drawing.target import Target

if TYPE_CHECKING:
    from app.services.deciding.findings import Line, Look, Standing
    from app.services.office.office import Office

Unit = Annotated[str, typer.Option("--unit", help="只看这个单位的（代码）")]
Rule = Annotated[str, typer.Option("--rule", help="只看这一条规则的，如 V03 或 visit/V03")]
Severity = Annotated[str, typer.Option("--severity", help="只看错误、核对或提醒")]
Record = Annotated[str, typer.Option("--record", help="只看这一条记录的（编号或 id）")]
State = Annotated[
    str, typer.Option("--standing", help="待办、已退回、已认可、已说明或全部；不写是待办")
]
Everything = Annotated[bool, typer.Option("--all", help="长的名单也全部列出")]
Files = Annotated[list[Path] | None, typer.Option("--out", help="写到 .xlsx 或 .pdf；可以写两次")]
Text = Annotated[str, typer.Option("--text", help="附言")]
Reason = Annotated[str, typer.Option("--reason", help="理由")]
_MOST = 24
_EVERY = "全部"


def list_findings(
    *,
    data: Data,
    unit: Unit = "",
    rule: Rule = "",
    severity: Severity = "",
    record: Record = "",
    standing: State = "待办",
    everything: Everything = False,
    out: Files = None,
    operator: Operator = None,
) -> Reply:
    """检查收到的全部记录，列出查出的问题；写了 --out 就存下来。"""
    files = out or []
    if any(path.suffix not in (".xlsx", ".pdf") for path in files):
        wrong("文件名请以 .xlsx 或 .pdf 结尾。")
    with at_work(data, operator, reads=True) as office, watched() as watch:
        look = _look(office, watch)
        lines = _chosen(look, (unit, rule, severity, record), standing)
        complaints = list(_written(office, lines, files, watch))
    shown = lines if everything else lines[:_MOST]
    told = [_words(line) for line in shown]
    if more := len(lines) - len(shown):
        told.append(f"还有 {more:,} 处，加 --all 全部列出。")
    counts = Counter(line.severity for line in lines)
    sums = "，".join(f"{words}{count:,}处" for words, count in counts.items())
    told += [f"共检查 {look.records:,} 条记录。{sums or '没有查出问题'}。"]
    value = {"records": look.records, "count": len(lines), "files": files}
    return Reply(
        {**value, "findings": [_value(line) for line in shown]},
        [*told, *(f"文件：{path}" for path in files)],
        complaints,
    )


def send_back(
    *,
    data: Data,
    unit: Unit = "",
    rule: Rule = "",
    severity: Severity = "",
    record: Record = "",
    text: Text = "",
    operator: Operator = None,
) -> Reply:
    """把查出的问题退回给报来的单位；至少用一个选项说明是哪些。"""
    from app.services.deciding import finding_acts

    with at_work(data, operator) as office, watched() as watch:
        lines = _some(_look(office, watch), (unit, rule, severity, record), "待办")
        done = finding_acts.send_back(
            office, lines, text, progress=watch.progress, cancel=watch.cancel
        )
    words = f"已退回 {done.findings:,} 处（{done.records:,} 条记录）。"
    return Reply({"findings": done.findings, "records": done.records}, [words])


def accept(
    *,
    data: Data,
    reason: Reason,
    unit: Unit = "",
    rule: Rule = "",
    severity: Severity = "",
    record: Record = "",
    operator: Operator = None,
) -> Reply:
    """写明理由认可查出的问题，记录改动以前不再问；至少用一个选项说明是哪些。"""
    from app.services.deciding import finding_acts

    with at_work(data, operator) as office, watched() as watch:
        lines = _some(_look(office, watch), (unit, rule, severity, record), "待办")
        done = finding_acts.stand(office, lines, reason)
    words = f"已认可 {done.findings:,} 处（{done.records:,} 条记录）。"
    return Reply({"findings": done.findings, "records": done.records}, [words])


def ask_again(
    *,
    data: Data,
    unit: Unit = "",
    rule: Rule = "",
    severity: Severity = "",
    record: Record = "",
    operator: Operator = None,
) -> Reply:
    """把已退回、已认可的改回待办；至少用一个选项说明是哪些。"""
    from app.services.deciding import finding_acts
    from app.services.deciding.findings import Standing

    narrowing = (unit, rule, severity, record)
    with at_work(data, operator) as office, watched() as watch:
        found = _some(_look(office, watch), narrowing, _EVERY)
        lines = [one for one in found if one.standing in (Standing.RETURNED, Standing.LET)]
        finding_acts.ask_again(office, lines)
    return Reply({"findings": len(lines)}, [f"改回待办 {len(lines):,} 处。"])


def _look(office: Office, watch: Watch) -> Look:
    from app.services.deciding import findings, received_check

    look = findings.look(office, progress=watch.progress, cancel=watch.cancel)
    received_check.remember(office)
    return look


Narrowing = tuple[str, str, str, str]


def _some(look: Look, narrowing: Narrowing, standing: str) -> list[Line]:
    """Those meant by at least one option; without any, nobody meant all of them."""
    if not any(narrowing):
        wrong("请用 --unit、--rule、--severity 或 --record 说明是哪些。")
    return _chosen(look, narrowing, standing)


def _chosen(look: Look, narrowing: Narrowing, standing: str) -> list[Line]:
    from app.services.deciding.findings import chosen

    unit, rule, severity, record = narrowing
    found = chosen(look, standing=_standing(standing), station=unit, severity=severity)
    return [
        line
        for line in found
        if (not rule or rule in (line.rule, line.finding.code))
        and (not record or record in (line.record.id, line.record.number))
    ]


def _standing(words: str) -> Standing | None:
    from app.services.deciding.findings import Standing

    known = [one.value for one in Standing]
    if words not in (*known, _EVERY):
        wrong(f"没有“{words}”。可以是：{'、'.join((*known, _EVERY))}。")
    return None if words == _EVERY else Standing(words)


def _written(
    office: Office, lines: Sequence[Line], files: Sequence[Path], watch: Watch
) -> Iterator[Complaint]:
    from app.services.deciding import finding_files

    given: dict[str, Any] = {"progress": watch.progress, "cancel": watch.cancel}
    for path in files:
        if path.suffix == ".xlsx":
            finding_files.write_sheet(office, lines, "", path, **given)
            continue
        target = Target(path)
        finding_files.write_paper(office, lines, "", target, **given)
        if target.warning:
            yield Complaint("MISSING_GLYPH", target.warning)


def _words(line: Line) -> str:
    one, told = line.record, f"（{line.standing.value}：{line.reason}）" if line.reason else ""
    where = f"{line.owner_name}  {one.type.label}{one.number}"
    return f"{line.severity} {line.finding.code}  {where}：{line.finding.sentence}{told}"


def _value(line: Line) -> dict[str, str]:
    return {
        "type": line.record.type.type_name,
        "id": line.record.id,
        "number": line.record.number,
        "unit": line.record.owner,
        "code": line.finding.code,
        "rule": line.rule,
        "severity": line.severity,
        "field": line.finding.field,
        "sentence": line.finding.sentence,
        "standing": line.standing.value,
        "reason": line.reason,
    }
