"""汇总情况: the one account of a run of 汇总, kept, opened again, and printed.

A run is what a person set going at once: a folder, or all that waits in 收件.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from app.documents.drawing.target import Out
from app.documents.reports.run_paper import RunPaper, run_paper
from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import Problem, UserError
from app.domain.kernel.progress import Cancel, Progress, silent
from app.domain.kernel.readable import readable
from app.services.office.office import Office
from app.services.people.paper_names import operator_name
from app.services.receiving.package_account import Account
from app.services.records.units import name_of, unit_of
from database.books import merge_runs
from database.books.merge_runs import MergeRunRow
from database.store.engine import Connection

IN = ("merged", "recorded")
"""The states of a file whose content is in."""
STATES = {
    "merged": "已汇总",
    "recorded": "已收下",
    "lost": "不会再来",
    "duplicate": "以前已经汇总过",
    "held": "已留存，等登记",
    "frozen": "已停下，等核对",
    "refused": "不能接收",
    "withdrawn": "已撤销",
    "kept": "没有撤销",
    "unread": "没有读成",
}
"""What became of a file, in words."""
DIFFERING, ASIDE, DOUBLED = "填写不一致", "单独存放", "疑似重复"
_OPEN = {
    DIFFERING: "条两处填写不一致：在“填写不一致”里选以哪个为准。",
    DOUBLED: "处可能重复：在“疑似重复”里认定。",
    ASIDE: "条单独存放，没有计入：打开那一份看原因，问填报单位。",
}
MOST_SHOWN = 200
"""The runs that are listed; older ones stay and are opened by their number."""


class RunFile(msgspec.Struct, frozen=True):
    """One file of a run: what became of it, why, what to do, and its lines by what they did."""

    name: str
    state: str
    sentence: str = ""
    remedy: str = ""
    package: int = 0
    title: str = ""
    new: int = 0
    changed: int = 0
    same: int = 0
    conflict: int = 0
    waiting: int = 0
    parked: int = 0
    doubles: int = 0
    missing: tuple[int, ...] = ()

    @property
    def is_in(self) -> bool:
        """Whether its content is in."""
        return self.state in IN

    @property
    def called(self) -> tuple[str, ...]:
        """Whose it is and which (沙湾 第6次), as far as that is known, and its name."""
        return (self.title, self.name) if self.title else (self.name,)

    @property
    def counts(self) -> str:
        """新 12，改 3，不一致 1."""
        counts = (
            ("新", self.new - self.changed),
            ("改", self.changed),
            ("相同", self.same),
            ("不一致", self.conflict),
            ("等", self.waiting),
            ("单独存放", self.parked),
        )
        return "，".join(f"{words} {count:,}" for words, count in counts if count)


class Run(msgspec.Struct, frozen=True):
    """A run: its files in turn, those it did not come to, and whether a person stopped it.

    `at` is when it ended, `by` who ran it, `n` its number once it is kept.
    """

    files: tuple[RunFile, ...]
    left: tuple[str, ...] = ()
    stopped: bool = False
    at: str = ""
    by: str = ""
    n: int = 0

    @property
    def changes(self) -> Changes:
        """What to redraw when it was kept."""
        return Changes(frozenset({"merge_run"}))

    @property
    def taken(self) -> tuple[RunFile, ...]:
        """The files that are in."""
        return tuple(one for one in self.files if one.is_in)

    @property
    def headline(self) -> str:
        """已汇总 12 份，以前已经汇总过 1 份，不能接收 2 份，还没有轮到 3 份."""
        counts = {words: self._count(state) for state, words in STATES.items()}
        parts = [f"{words} {count} 份" for words, count in counts.items() if count]
        parts += [f"还没有轮到 {len(self.left)} 份"] if self.left else []
        return "，".join(parts) or "没有文件"

    def _count(self, state: str) -> int:
        return sum(one.state == state for one in self.files)

    @property
    def figures(self) -> tuple[tuple[str, int], ...]:
        """The records of all files that are in, by what became of them."""
        taken = self.taken
        return (
            ("新增", sum(one.new - one.changed for one in taken)),
            ("改动", sum(one.changed for one in taken)),
            ("相同", sum(one.same for one in taken)),
            (DIFFERING, sum(one.conflict for one in taken)),
            ("等前一次", sum(one.waiting for one in taken)),
            (ASIDE, sum(one.parked for one in taken)),
            (DOUBLED, sum(one.doubles for one in taken)),
        )

    @property
    def steps(self) -> tuple[str, ...]:
        """What to do next, the most pressing first."""
        return tuple(_steps(self))


def _steps(run: Run) -> Iterator[str]:
    if run.left:
        yield f"还有 {len(run.left)} 份没有汇总：再汇总一次就接着做，已经汇总的不会重复。"
    states = [one.state for one in run.files]
    if "frozen" in states:
        yield "有次数相同、内容不同的文件：打电话问清哪份是真的，在“收件”里选定。"
    if "held" in states:
        yield "有没有登记的单位：到“设置”办理报送单位登记，登记后自动汇总。"
    if "refused" in states or "unread" in states:
        yield "不能接收的，照下面写的办，请对方重新交来。"
    lacking = [one for one in run.files if one.is_in and one.missing]
    if lacking:
        yield f"{len(lacking)} 份前面还缺几次报送：在“谁还没报”里看缺哪几次，打电话要。"
    counts = dict(run.figures)
    yield from (f"{counts[name]} {words}" for name, words in _OPEN.items() if counts[name])
    if "withdrawn" in states:
        yield "撤销了的，再收一次这些文件就重新汇总；只要其中一份，在“收件”的“全部”里选中恢复。"
    if "merged" in states:
        yield "审核收到的记录（看明细），再给各单位写回执。"


def gathered(
    accounts: Iterable[Account | tuple[str, Problem]],
    *,
    left: Sequence[str] = (),
    stopped: bool = False,
) -> Run:
    """The account of a run from those of its files, and of what could not be read (name, why)."""
    return Run(tuple(map(_file, accounts)), tuple(left), stopped)


def _file(one: Account | tuple[str, Problem]) -> RunFile:
    if isinstance(one, tuple):
        name, problem = one
        return RunFile(name, "unread", f"{problem.what}{problem.why}", problem.remedy)
    return RunFile(
        one.file,
        one.state,
        one.sentence,
        one.remedy,
        one.package,
        f"{one.station} 第{one.seq}次" if one.seq else "",
        one.new,
        one.changed,
        one.same,
        one.conflict,
        one.waiting,
        one.parked,
        len(one.doubles),
        one.missing,
    )


def keep(office: Office, run: Run) -> Run:
    """Keep the account of a run that ended just now."""
    row = MergeRunRow(office.now(), office.operator, msgspec.json.encode(run).decode())
    with office.store.write() as connection:
        n = merge_runs.add(connection, row)
        return _told(connection, n, row)


def kept(office: Office) -> list[Run]:
    """The runs so far, the newest first; at most `MOST_SHOWN`."""
    with office.store.read() as connection:
        return [_told(connection, n, row) for n, row in merge_runs.newest(connection, MOST_SHOWN)]


def opened(office: Office, n: int) -> Run:
    """One run by its number; raises `UserError` NO_RUN."""
    with office.store.read() as connection:
        row = merge_runs.get(connection, n)
        if row is None:
            raise UserError("NO_RUN", f"没有第 {n} 次汇总的记录。", remedy="不写号数可以列出全部。")
        return _told(connection, n, row)


def _told(connection: Connection, n: int, row: MergeRunRow) -> Run:
    """A run that was kept; its files go by the short name of the office that is known now."""
    run = msgspec.json.decode(row.account, type=readable(Run))
    codes = {one.title.partition(" ")[0] for one in run.files} - {""}
    known = {code: unit_of(connection, code) for code in codes}
    names = {code: unit.short_name if unit else code for code, unit in known.items()}
    files = tuple(_by_name(one, names) for one in run.files)
    name = operator_name(connection, row.by)
    return msgspec.structs.replace(run, files=files, n=n, at=row.at, by=name)


def _by_name(one: RunFile, names: Mapping[str, str]) -> RunFile:
    code, parted, number = one.title.partition(" ")
    return msgspec.structs.replace(one, title=f"{names[code]}{parted}{number}") if code else one


def print_run(
    office: Office,
    run: Run,
    out: Out,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> int:
    """Print the account of a run; returns its pages. Raises as `run_paper`."""
    with office.store.read() as connection:
        name = name_of(connection, office.identity.station)
    paper = RunPaper(
        office=name,
        ended=run.at[:16].replace("T", " "),
        by=run.by,
        made_on=office.today(),
        headline=run.headline,
        figures=tuple((words, f"{count:,}") for words, count in run.figures),
        files=tuple(map(_row, run.files)),
        left=run.left,
        steps=run.steps,
    )
    return run_paper(paper, out, progress=progress, cancel=cancel)


def _row(one: RunFile) -> tuple[str, str, str, str]:
    state = STATES.get(one.state, one.state)
    return "\n".join(one.called), state, one.counts, f"{one.sentence}{one.remedy}"


def lines(run: Run) -> Iterator[str]:
    """The account in lines: how many, what of the records, what was refused and why, next steps."""
    yield f"{run.headline}。"
    yield f"记录：{'，'.join(f'{words} {count:,}' for words, count in run.figures)}。"
    for one in run.files:
        if not one.is_in and one.state != "duplicate":
            yield f"  {one.name}：{STATES.get(one.state, one.state)}。{one.sentence}{one.remedy}"
    yield from (f"  还没有汇总：{name}" for name in run.left)
    yield from (f"下一步：{step}" for step in run.steps)
