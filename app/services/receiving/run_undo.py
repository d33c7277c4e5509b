"""撤销这一次: every file that a run of 汇总 brought in is taken back, each in a transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Cancel, Progress, Step, silent
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.receiving import package_undo, read_again
from app.services.receiving.run_account import AGAIN, PUT_BACK, Run, RunFile
from database.log import packages


class TakenBack(msgspec.Struct, frozen=True):
    """What became of one file of the run: how many savings left with it, or why none did."""

    file: RunFile
    withdrawn: int = 0
    refused: str = ""
    records: tuple[tuple[str, str], ...] = ()

    @property
    def changes(self) -> Changes:
        """What to redraw; the ledger too where no record changed."""
        return Changes.of(self.records) | Changes(frozenset({"package"}))


def still_in(office: Office, run: Run) -> tuple[RunFile, ...]:
    """The files of a run that are merged now, the last one first: so they are taken back."""
    with office.store.read() as connection:
        merged = {row.n for row in packages.find(connection, direction="in", state="merged")}
        brought = {one.package: one for one in run.files if one.state in ("merged", AGAIN)}
        return tuple(
            one
            for n, one in reversed(brought.items())
            if n in merged and (one.state == "merged" or read_again.is_in(connection, one))
        )


@needs("receive")
def take_back(
    office: Office, file: RunFile, *, progress: Progress = silent, cancel: Cancel | None = None
) -> TakenBack:
    """Take one file of a run back; what its office was told that we have stays, and says so.

    Raises `Cancelled`, and then nothing of the file was taken back.
    """
    progress(Step("正在撤销"))
    try:
        if file.state == AGAIN:
            many, records = read_again.put_back(office, file, cancel)
            return TakenBack(file, many, records=records)
        undone = package_undo.undo(office, file.package, cancel=cancel)
    except UserError as refused:
        return TakenBack(file, refused=refused.what)
    return TakenBack(file, undone.withdrawn, records=undone.records)


def account(results: Iterable[TakenBack]) -> Run:
    """What of a run was taken back, as an account of its own (`kept_runs.keep`)."""
    return Run(tuple(map(_line, results)))


def _line(one: TakenBack) -> RunFile:
    bare = RunFile(one.file.name, "withdrawn", title=one.file.title, package=one.file.package)
    if one.refused:
        return msgspec.structs.replace(bare, state="kept", sentence=one.refused)
    told = f"{one.withdrawn:,} 次填写不再计入。"
    state = PUT_BACK if one.file.state == AGAIN else "withdrawn"
    return msgspec.structs.replace(bare, state=state, sentence=told)


def told(results: Sequence[TakenBack]) -> str:
    """已撤销 12 份，30 次填写不再计入; what stayed, and why."""
    gone = [one for one in results if not one.refused]
    stayed = [one for one in results if one.refused]
    savings = sum(one.withdrawn for one in gone)
    words = [f"已撤销 {len(gone):,} 份，{savings:,} 次填写不再计入。"] if gone else []
    words += [f"有 {len(stayed):,} 份没有撤销：{stayed[0].refused}"] if stayed else []
    return "".join(words)
