"""`submit`, `urgent`, `share`: what this office sends."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.frame.open_folder import at_work
from app.cli.frame.options import Data, Operator, Out, day, wrong
from app.cli.frame.progress import Watch, watched
from app.cli.frame.reply import Complaint, Reply
from app.documents.drawing.target import Target
from app.domain.kernel.errors import Problem, UserError

if TYPE_CHECKING:
    from app.services.office.office import Office
    from app.services.reporting.frozen_report import Report
    from app.services.reporting.sealed_report import Sent

Annual = Annotated[bool, typer.Option("--annual", help="年终上报：登记表、总结和调研报告一起")]
Signer = Annotated[
    str | None, typer.Option("--signer", help="在送审表上签字的负责人；不写是经办人自己")
]
OnPaper = Annotated[
    bool, typer.Option("--on-paper", help="纸质签字：由经办记下负责人在送审表上的签字")
]
SignedOn = Annotated[str | None, typer.Option("--signed-on", help="签字日期；不写是今天")]
Cap = Annotated[str, typer.Option("--cap", help="每个文件最大多少：mail、usb 或字节数")]
Hazard = Annotated[str, typer.Argument(metavar="ID", help="隐患的编号或 id")]


def submit(
    *,
    data: Data,
    out: Out,
    annual: Annual = False,
    signer: Signer = None,
    signed_on: SignedOn = None,
    on_paper: OnPaper = False,
    cap: Cap = "usb",
    operator: Operator = None,
) -> Reply:
    """送审、审签并生成报送文件；还没有被确认收到的以前的文件也一起拷出。"""
    from app.services.reporting import freeze, sealed_report, sign_off

    signed, most = day(signed_on), _cap(cap)
    with at_work(data, operator) as office, watched() as watch:
        try:
            sign_off.require_sign_off(office, on_paper=on_paper)
            report = freeze.freeze(office, "annual" if annual else "daily")
            name = signer or _own_name(office)
            report = sign_off.approve(office, report.n, name, signed, on_paper=on_paper)
            sheet = _review_sheet(office, report, out)
            sent = sealed_report.seal_report(
                office, report.n, out, cap=most, progress=watch.progress, cancel=watch.cancel
            )
        except UserError as problem:
            if problem.code != "NOTHING_TO_SEND":
                raise
            return _again(office, watch, out, problem)
        slip, complaints = _slip(office, sent, out)
    return _sent(sent, [sheet, *slip], complaints)


def _cap(text: str) -> int:
    from app.services.packages import sealing

    named = {"mail": sealing.MAIL, "usb": sealing.USB}
    if text in named:
        return named[text]
    if not text.isdecimal() or int(text) == 0:
        wrong("--cap 应是 mail、usb 或字节数。")
    return min(int(text), sealing.USB)


def _review_sheet(office: Office, report: Report, out: Path) -> Path:
    from app.services.reporting.report_papers import print_review_sheet

    out.mkdir(parents=True, exist_ok=True)
    paper = out / f"送审表-{office.identity.writer}-{report.n:04d}.pdf"
    print_review_sheet(office, report.n, paper)
    return paper


def _slip(office: Office, sent: Sent, out: Path) -> tuple[list[Path], list[Complaint]]:
    """The 报送单; the packages stand sealed on the stick, so a slip that fails undoes nothing."""
    from app.services.reporting.report_papers import print_submission_slip

    paper = out / f"报送单-{office.identity.writer}-{sent.report.n:04d}.pdf"
    target = Target(paper)
    try:
        print_submission_slip(office, sent, target)
    except Problem as problem:
        return [], [Complaint.of(problem)]
    return [paper], [Complaint("MISSING_GLYPH", target.warning)] if target.warning else []


def _own_name(office: Office) -> str:
    from app.domain import records
    from app.services.records.saving import show

    return show(office, records.Operator, office.operator).record.name


def _again(office: Office, watch: Watch, out: Path, problem: UserError) -> Reply:
    """Nothing new: copy what is not confirmed yet once more, or say that there is nothing."""
    from app.services.reporting.sealed_report import export

    files = export(office, out, progress=watch.progress, cancel=watch.cancel)
    if not files:
        raise problem
    lines = [problem.what, *(f"再次拷出：{file}" for file in files)]
    value = {"report": None, "sealed": [], "files": files, "slips": []}
    return Reply(value, lines, (Complaint.of(problem),))


def _sent(sent: Sent, slips: Sequence[Path], complaints: Sequence[Complaint]) -> Reply:
    from app.cli.frame.record_views import sealed_value

    content = sent.report.content
    records = {name: count for name, count in content.records.items() if count}
    value = {
        "report": sent.report,
        "sealed": [sealed_value(one) for one in sent.sealed],
        "files": sent.files,
        "slips": slips,
    }
    lines = [
        f"报送给 {content.to}：{_counted(records)}，审签人：{sent.report.signer}",
        *(f"注意：{word}" for word in content.lacking),
        *_made(sent.files),
        *(f"打印：{slip}" for slip in slips),
    ]
    return Reply(value, lines, complaints)


def _counted(records: dict[str, int]) -> str:
    from app.domain.records import TYPES

    return "，".join(f"{TYPES[name].label}{count}条" for name, count in records.items())


def _made(files: Sequence[Path]) -> list[str]:
    return [f"报送文件：{file}" for file in files]


def urgent(*, data: Data, hazard: Hazard, out: Out, operator: Operator = None) -> Reply:
    """单独报送一条隐患，不等下一次报送。"""
    from app.domain import records
    from app.services.records.saving import show
    from app.services.reporting import send_apart

    with at_work(data, operator) as office:
        files = send_apart.urgent(office, show(office, records.Hazard, hazard).id, out)
    return Reply({"files": files}, _made(files))


def share(*, data: Data, out: Out, operator: Operator = None) -> Reply:
    """把这台电脑的记录交给本单位的另一台电脑。"""
    from app.services.reporting import send_apart

    with at_work(data, operator) as office, watched() as watch:
        files = send_apart.share(office, out, progress=watch.progress)
    return Reply({"files": files}, _made(files) or ["没有需要交换的新内容。"])
