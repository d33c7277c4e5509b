"""汇总情况: the one account of a run of 汇总, kept, opened again, and printed.

A run is what a person set going at once: a folder, or all that waits in 收件.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from app.documents.drawing.target import Out
from app.documents.reports.run_paper import RunPaper, run_paper
from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import Problem
from app.domain.kernel.progress import Cancel, Progress, silent
from app.services.office.office import Office
from app.services.receiving.merge_lines import Tally
from app.services.receiving.package_account import Account
from app.services.records.units import name_of

AGAIN, PUT_BACK = "read again", "put back"
"""What a program of before set aside is in; and was taken out once more."""
IN = ("merged", "recorded", AGAIN)
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
    AGAIN: "更新后读进",
    PUT_BACK: "又单独存放",
}
"""What became of a file, in words."""
DIFFERING, ASIDE, DOUBLED = "填写不一致", "单独存放", "疑似重复"
_OPEN = {
    DIFFERING: "条两处填写不一致：在“填写不一致”里选以哪个为准。",
    DOUBLED: "处可能重复：在“疑似重复”里认定。",
    ASIDE: "条单独存放，没有计入：打开那一份看原因，问填报单位。",
}


class RunFile(msgspec.Struct, frozen=True):
    """One file of a run: what became of it, why, what to do, and its lines by what they did.

    Of one that was read again: the arrival numbers of what came of it (first, last), and the
    last line of the ledger at that time.
    """

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
    again: tuple[tuple[int, int], ...] = ()
    ledger: int = 0

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

    `at` is when it ended, `by` who ran it, `n` its number once it is kept. `waits` are the files
    (sha256, name) of one of which only the beginning was written down, `begun` the number of that.
    """

    files: tuple[RunFile, ...]
    left: tuple[str, ...] = ()
    stopped: bool = False
    at: str = ""
    by: str = ""
    n: int = 0
    waits: tuple[tuple[str, str], ...] = ()
    begun: int = 0

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
        cut_off = ["没有做完"] if self.waits else []
        return "，".join([*cut_off, *parts]) or "没有文件"

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
    if AGAIN in states:
        yield "程序更新了，以前单独存放的又读了一遍，读得懂的已经计入；不对就撤销这一次。"
    if "withdrawn" in states:
        yield "撤销了的，再收一次这些文件就重新汇总；只要其中一份，在“收件”的“全部”里选中恢复。"
    if "merged" in states:
        yield "审核收到的记录（看明细），再给各单位写回执。"


def gathered(
    accounts: Iterable[Account | tuple[str, Problem]],
    *,
    left: Sequence[str] = (),
    stopped: bool = False,
    begun: int = 0,
) -> Run:
    """The account of a run from those of its files, and of what could not be read (name, why)."""
    return Run(tuple(map(file_of, accounts)), tuple(left), stopped, begun=begun)


def file_of(one: Account | tuple[str, Problem]) -> RunFile:
    """What the account of one file says in that of a run."""
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


def read_later(
    account: Account, tally: Tally, again: tuple[tuple[int, int], ...], ledger: int
) -> RunFile:
    """What came of the lines of a package that were set aside when it came."""
    return msgspec.structs.replace(
        file_of(account),
        state=AGAIN,
        sentence="",
        remedy="",
        new=tally.new,
        changed=tally.changed,
        same=tally.same,
        conflict=tally.conflict,
        waiting=tally.waiting,
        parked=tally.parked,
        doubles=0,
        missing=(),
        again=again,
        ledger=ledger,
    )


def of_one(account: Account, called: str, state: str, at: str) -> Run:
    """The account of one file, `called` so (沙湾 第6次): it is `state` now and came `at`."""
    one = msgspec.structs.replace(file_of(account), title=called, state=state)
    return Run((one,), at=at)


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
