"""`scans`, `scans-waiting`, `give-scan`, `undo-scans`: signed paper that was scanned."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.frame.open_folder import at_work
from app.cli.frame.options import Data, Operator
from app.cli.frame.progress import watched
from app.cli.frame.reply import Complaint, Reply, Status

if TYPE_CHECKING:
    from app.services.papers.scan_account import Gap, Paper, ScanAccount

Scanned = Annotated[
    list[Path],
    typer.Argument(metavar="FILE|FOLDER", help="扫描件或照片（jpg、png、tiff、pdf），或文件夹"),
]
PageNumber = Annotated[int, typer.Argument(metavar="纸号", help="zoufang scans-waiting 列出的号")]
Number = Annotated[str, typer.Argument(metavar="编号", help="归入哪一条走访或困难职工档案")]
Run = Annotated[int, typer.Argument(metavar="归入号", help="zoufang scans 最后写的那个号")]


def scans(*, data: Data, files: Scanned, operator: Operator = None) -> Reply:
    """按纸上的二维码把签过字的登记表、档案表归入各自的记录；认不出的留着待处理。"""
    from app.services.papers.scanned_paper import take

    with at_work(data, operator) as office, watched() as watch:
        account = take(office, files, progress=watch.progress, cancel=watch.cancel)
    complaints = [
        Complaint("SCAN_REFUSED", f"{name}：{problem.what}", problem.why, problem.remedy)
        for name, problem in account.refused
    ]
    lines = [*map(_line, account.papers), *map(_gap_line, account.gaps), _summary(account)]
    return Reply(_value(account), lines, complaints, Status.REFUSED if complaints else Status.DONE)


def waiting(*, data: Data, operator: Operator = None) -> Reply:
    """列出还没有归入的纸，和缺页的登记表。"""
    from app.services.papers import page_tray

    with at_work(data, operator, reads=True) as office:
        papers, gaps = page_tray.waiting(office), page_tray.gaps(office)
    value = {"waiting": [_paper(one) for one in papers], "gaps": [_gap(one) for one in gaps]}
    lines = [*map(_line, papers), *map(_gap_line, gaps)]
    return Reply(value, lines or ["没有待处理的纸，也没有缺页。"])


def give(*, data: Data, n: PageNumber, key: Number, operator: Operator = None) -> Reply:
    """把一张没有认出来的纸归入一条记录。"""
    from app.services.papers import page_tray

    with at_work(data, operator) as office:
        paper = page_tray.give(office, n, key)
    return Reply(_paper(paper), [_line(paper)])


def undo(*, data: Data, run: Run, operator: Operator = None) -> Reply:
    """撤回一次归入：那一次的纸从记录里取下，待处理的也不要了。"""
    from app.services.papers import page_tray

    with at_work(data, operator) as office:
        back = page_tray.take_back(office, run)
    kept = [f"{paper.number}  还留着，这条记录现在改不了" for paper in back.staying]
    said = f"第{run}次归入的纸，别的都撤回了。" if kept else f"第{run}次归入的纸都撤回了。"
    return Reply({"run": run, "staying": [_paper(one) for one in back.staying]}, [*kept, said])


def received(*, data: Data, key: Number, operator: Operator = None) -> Reply:
    """列出一条记录收到了哪几页纸，哪天收到的。"""
    from app.services.papers import page_tray

    with at_work(data, operator, reads=True) as office:
        papers = page_tray.received_pages(office, key)
    lines = [f"{_line(one)}  {one.row.at[:10]}" for one in papers]
    return Reply({"pages": [_paper(one) for one in papers]}, lines or ["还没有收到纸。"])


def _line(paper: Paper) -> str:
    from app.services.papers.scan_account import WORDS

    row = paper.row
    page = f"第{row.page}页" if row.page else ""
    told = "  ".join(filter(None, (paper.number, paper.title, page)))
    return f"{row.n}  {row.file}（{row.leaf}）  {WORDS[paper.standing]}  {told}".rstrip()


def _gap_line(gap: Gap) -> str:
    return f"{gap.number}  {gap.title}  {gap.words}"


def _summary(account: ScanAccount) -> str:
    from app.domain.checking.signed_paper import TRAY, Standing

    counts = (
        ("归入{}页", account.count(Standing.ATTACHED)),
        ("收到纸质件{}页", account.count(Standing.RECEIVED)),
        ("报送单{}张", account.count(Standing.TICKED)),
        ("待处理{}页", account.count(*TRAY)),
        ("以前归过{}页", account.again),
    )
    told = "，".join(words.format(count) for words, count in counts if count) or "没有纸"
    stopped = "停止以前" if account.stopped else ""
    return f"{stopped}{told}。归入号：{account.run}"


def _value(account: ScanAccount) -> dict[str, Any]:
    return {
        "run": account.run,
        "pages": [_paper(one) for one in account.papers],
        "again": account.again,
        "gaps": [_gap(one) for one in account.gaps],
        "stopped": account.stopped,
    }


def _paper(paper: Paper) -> dict[str, Any]:
    told = paper.row._asdict()
    names = ("n", "file", "leaf", "type", "record", "page", "pages", "standing")
    return {name: told[name] for name in names} | {"number": paper.number}


def _gap(gap: Gap) -> dict[str, Any]:
    return {"record": gap.record, "number": gap.number, "missing": list(gap.missing)}
