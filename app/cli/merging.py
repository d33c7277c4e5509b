"""`merge`, `merges`: files are taken in one by one, with one account of all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.frame.open_folder import asked, at_work
from app.cli.frame.options import Data, EnableCode, Operator
from app.cli.frame.progress import Watch, watched
from app.cli.frame.reply import Complaint, Reply, Status
from app.domain.kernel.errors import Cancelled, Problem

if TYPE_CHECKING:
    from app.services.office.office import Office
    from app.services.receiving.find_packages import Found
    from app.services.receiving.run_account import Run
    from app.services.receiving.take_package import Account

Files = Annotated[list[Path], typer.Argument(metavar="FILE…", help="报送文件，或放着它们的文件夹")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="只看会怎样，不保存")]
CheckCode = Annotated[
    str | None, typer.Option("--check-code", help="首次装入启用包时听到的市总工会核对码")
]
Number = Annotated[int | None, typer.Argument(metavar="[N]", help="第几次；不写就列出全部")]
Pdf = Annotated[Path | None, typer.Option("--out", help="存成 PDF，打印用")]

REFUSING = ("refused", "frozen", "held")
"""The states of a package whose records have not come in."""
_CODES = ("CODE_NEEDED", "CODE_DIFFERS", "CODE_WAIT")
"""What is wrong with the 核对码 typed, and not with the machine."""


def merge(
    *,
    data: Data,
    files: Files,
    dry_run: DryRun = False,
    enable_code: EnableCode = None,
    check_code: CheckCode = None,
    operator: Operator = None,
) -> Reply:
    """接收报送文件并汇总；一个不能接收不影响其他的；停下后再执行一次就接着做。"""
    from app.services.lists.search_upkeep import keep_up
    from app.services.receiving import find_packages

    with at_work(data, operator) as office, watched() as watch:
        found = find_packages.chosen(office, files, progress=watch.progress, cancel=watch.cancel)
        wanted = [one for one in found if one.is_wanted]
        if _needs_code(office, wanted):
            check_code = asked(check_code, "听到的市总工会核对码", "--check-code")
        taking = _Taking(office, watch, wanted, {"passphrase": enable_code, "code": check_code})
        if dry_run:
            taking.look()
        else:
            taking.take()
        run = taking.account(keep=not dry_run)
        if not dry_run:
            keep_up(office, progress=watch.progress, cancel=watch.cancel)
    passed = [one.path for one in found if not one.is_wanted]
    return _reply(taking, run, passed, dry_run=dry_run)


def _needs_code(office: Office, found: Sequence[Found]) -> bool:
    """Whether the first trust document is among them: all else needs it."""
    from app.services.receiving.first_trust import is_first

    return is_first(office) and any(one.header and one.header.kind == "trust" for one in found)


class _Taking:
    """Takes files in, each in its own transaction, until all are through or somebody stops it."""

    def __init__(
        self, office: Office, watch: Watch, files: Sequence[Found], codes: dict[str, Any]
    ) -> None:
        self._office, self._watch, self._files, self._codes = office, watch, files, codes
        self.results: list[Account | Problem] = []
        """As far as it came: the files that have none are left."""
        self.stopped = False
        self._begun: Run | None = None

    def take(self) -> None:
        """Take one after another; what cannot be read stops no other, Ctrl-C stops between two."""
        from app.domain.kernel.progress import of_several
        from app.services.receiving import kept_runs
        from app.services.receiving.take_package import receive

        if len(self._files) > 1:
            self._begun = kept_runs.begin_at(self._office, [one.path for one in self._files])
        for place, one in enumerate(self._files, 1):
            name, several = one.path.name, len(self._files)
            told = of_several(self._watch.progress, place, several, name)
            try:
                self._watch.cancel.check()
                self.results.append(
                    receive(
                        self._office,
                        one.path,
                        **self._codes,
                        progress=told,
                        cancel=self._watch.cancel,
                    )
                )
            except Problem as problem:
                self.results.append(problem)
            except (Cancelled, KeyboardInterrupt):
                self.stopped = True
                return

    def look(self) -> None:
        """See what would come of each, given those before it of the same office."""
        from app.services.receiving.take_package import preview

        watch = self._watch
        self.results = preview(
            self._office, self._files, **self._codes, progress=watch.progress, cancel=watch.cancel
        )

    @property
    def left(self) -> list[Path]:
        """The files it did not come to."""
        return [one.path for one in self._files[len(self.results) :]]

    @property
    def accounts(self) -> list[Account]:
        """What became of those that could be read."""
        return [one for one in self.results if not isinstance(one, Problem)]

    @property
    def failed(self) -> list[Problem]:
        """Why some could not be read."""
        return [one for one in self.results if isinstance(one, Problem)]

    def account(self, *, keep: bool) -> Run:
        """The account of all of it, kept unless it was only looked at."""
        from app.services.receiving import kept_runs, run_account

        names = [one.path.name for one in self._files]
        told = [
            (names[at], one) if isinstance(one, Problem) else one
            for at, one in enumerate(self.results)
        ]
        left = [path.name for path in self.left]
        run = run_account.gathered(
            told, left=left, stopped=self.stopped, begun=self._begun.n if self._begun else 0
        )
        return kept_runs.keep(self._office, run) if keep and names else run


def _reply(taking: _Taking, run: Run, passed: Sequence[Path], *, dry_run: bool) -> Reply:
    complaints = [Complaint.of(problem) for problem in taking.failed]
    value = {
        "dry_run": dry_run,
        "accounts": taking.accounts,
        "failed": [one.body for one in complaints],
        "skipped": passed,
        "left": taking.left,
        "run": run.n or None,
    }
    told = [c for one in taking.accounts if (c := complaint_of(one))]
    stopped = [_stopped(run)] if taking.stopped else []
    return Reply(
        value, list(_lines(taking, run, passed)), [*stopped, *complaints, *told], _status(taking)
    )


def _lines(taking: _Taking, run: Run, passed: Sequence[Path]) -> Iterator[str]:
    from app.services.receiving import run_account

    for account in taking.accounts:
        yield from account_lines(account)
    yield from (f"{file.name}：不必接收（本单位自己的或给别人的）" for file in passed)
    if len(run.files) + len(run.left) > 1:
        yield from run_account.lines(run)
        if run.n:
            yield f"这次汇总的情况已经保存：zoufang merges --data … {run.n}"
    elif not run.files and not run.left and not passed:
        yield "这里没有报送文件（名称以 .zfpkg 结尾的文件）。"


def _stopped(run: Run) -> Complaint:
    there = sum(one.is_in for one in run.files)
    what = f"已停下：{there} 份已经汇总，{len(run.left)} 份没有汇总。"
    why = "每一份要么全部汇总，要么完全没有。"
    return Complaint("CANCELLED", what, why, "再执行一次同样的命令就接着做。", {"left": run.left})


def _status(taking: _Taking) -> Status:
    if taking.stopped or any(one.state in REFUSING for one in taking.accounts):
        return Status.REFUSED
    if any(one.code in _CODES for one in taking.failed):
        return Status.REFUSED
    return Status.ENVIRONMENT if taking.failed else Status.DONE


def merges(
    *, data: Data, number: Number = None, out: Pdf = None, operator: Operator = None
) -> Reply:
    """列出每次汇总；写号数就看那一次：哪些汇总了、哪些没有、接下来做什么。"""
    from app.services.receiving import kept_runs, run_account

    with at_work(data, operator, reads=True) as office:
        if number is None:
            runs = kept_runs.kept(office)
            told = [
                f"第 {run.n} 次  {run.at[:16].replace('T', ' ')}  {run.headline}" for run in runs
            ]
            return Reply({"runs": runs}, told or ["还没有记下的汇总。"])
        run = kept_runs.opened(office, number)
        if out is not None:
            run_account.print_run(office, run, out)
    saved = [f"已存为“{out}”。"] if out else []
    return Reply({"run": run}, [*run_account.lines(run), *saved])


def complaint_of(account: Account) -> Complaint | None:
    """What is to be known of a package that did not simply come in."""
    if not account.code:
        return None
    why = f"（{account.file}）"
    return Complaint(account.code, account.sentence, why, account.remedy, {"file": account.file})


def account_lines(account: Account) -> list[str]:
    """What became of a package, for a person."""
    from app.services.receiving.run_account import STATES

    head = f"{account.file}：{STATES.get(account.state, account.state)}"
    head += f"（收件{account.package}）" if account.package else ""
    if account.code:
        head += f"  {account.code} {account.sentence}"
    lines = [head]
    if account.contained:
        lines.append(
            f"  共{account.distinct}条记录、{account.contained}次填写："
            f"新{account.new}（其中改动{account.changed}）"
            f"，相同{account.same}，填写不一致{account.conflict}，等前一次{account.waiting}"
            f"，单独存放{account.parked}；附件{account.scans}个"
        )
    lines += [f"  缺第{'、'.join(map(str, account.missing))}次报送"] if account.missing else []
    lines += [f"  疑似重复：{one.number}与{one.other_number}" for one in account.doubles]
    return lines + [f"  单独存放 {code}：{reason}" for code, reason in account.parked_items]
