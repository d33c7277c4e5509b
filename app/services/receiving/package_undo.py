"""A package is taken back, or a person decides which of two with one number counts (§3, §4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import msgspec

from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Cancel, Progress, silent
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.packages.kept_files import CAUSES, cause_of, place_of
from app.services.packages.package_ledger import Arrival
from app.services.packages.sealed_acks import told_of
from app.services.receiving.judge_package import Options, PackageJudge, Watch
from app.services.receiving.package_account import Account
from app.services.records import state_from_log
from database.log import packages, revisions
from database.log.packages import PackageRow, PackageState
from database.store.engine import Connection

_LOST = "FORK"
"""The code a package carries that a person decided against."""


class Undone(msgspec.Struct, frozen=True):
    """What a taken-back package was, and how many versions went with it.

    `kept` versions came in other packages too and stay.
    """

    package: int
    package_id: str
    withdrawn: int
    kept: int
    records: tuple[tuple[str, str], ...]

    @property
    def changes(self) -> Changes:
        """What to redraw."""
        return Changes.of(self.records)


@needs("receive")
def undo(office: Office, package: int, *, cancel: Cancel | None = None) -> Undone:
    """Take a merged package back: what only it brought leaves the fold but stays in the log.

    Merging the same file again brings everything back. Raises `UserError`
    NOT_MERGED, or ACKNOWLEDGED once an answer that says we have it was sealed;
    `Cancelled`, and then nothing was taken back.
    """
    with office.store.write() as connection:
        row = _merged_row(connection, package)
        sealed = told_of(connection, row)
        if sealed is not None:
            raise UserError(
                "ACKNOWLEDGED",
                "这次报送已经答复对方收到，不能撤销。",
                why=f"答复文件：{sealed.file}。",
                remedy="有错的记录请退回，由填报单位改正。",
            )
        return _withdraw(office, connection, row, "withdrawn", cancel)


def _merged_row(connection: Connection, package: int) -> PackageRow:
    rows = packages.find(connection, n=package, direction="in", state="merged")
    if not rows:
        raise UserError(
            "NOT_MERGED", "这个文件没有汇总，不用撤销。", remedy="请在收件列表中选择已汇总的文件。"
        )
    return rows[0]


def _withdraw(
    office: Office,
    connection: Connection,
    row: PackageRow,
    state: PackageState,
    cancel: Cancel | None = None,
) -> Undone:
    held = packages.contents(connection, row.n)
    alone = packages.brought_only_by(connection, row.n)
    own = {number for number, *_ in alone} - _written_here(office, connection, row)
    revisions.set_status(connection, own, "withdrawn")
    code = _LOST if state == "refused" else None
    packages.update(connection, row.n, state=state, code=code)
    packages.unpark(connection, row.n)
    touched = tuple(dict.fromkeys((kind, record) for n, kind, record in alone if n in own))
    state_from_log.refold(connection, touched, office.standpoint, cancel)
    return Undone(row.n, row.package_id or "", len(own), len(held) - len(own), touched)


def _written_here(office: Office, connection: Connection, row: PackageRow) -> set[int]:
    """Our own versions do not leave because a restored or shared package held them too."""
    names = (h for _, h, _, _ in packages.contents(connection, row.n))
    found = (revisions.get(connection, h) for h in names)
    return {one.n for one in found if one and one.writer == office.identity.writer}


@needs("receive")
def merge_again(
    office: Office, package: int, *, progress: Progress = silent, cancel: Cancel | None = None
) -> Account:
    """Merge a package that was taken back, from the copy in the inbox.

    Raises `UserError` NOT_WITHDRAWN, FILE_GONE.
    """
    with office.store.read() as connection:
        rows = packages.find(connection, n=package, direction="in", state="withdrawn")
    if not rows:
        raise UserError("NOT_WITHDRAWN", "这个文件没有撤销过。")
    return _judge(office, rows[0], Watch(progress, cancel or Cancel()))


def _judge(office: Office, row: PackageRow, watch: Watch) -> Account:
    cause = cause_of(office, row) if row.file else "missing"
    if cause is not None:
        raise UserError(
            "FILE_GONE",
            f"这个文件的副本{CAUSES[cause]}。",
            remedy="请到“设置”的“数据”，在“报送文件”里从优盘找回，再试一次。",
        )
    arrival = Arrival(place_of(office, row), row.digest, row.note or "")
    return PackageJudge(office, Options(), watch).judge(arrival)


class Settled(msgspec.Struct, frozen=True):
    """How a doubled number was settled: what counts now, what does not, what was judged again."""

    kept: str
    refused: tuple[int, ...]
    records: tuple[tuple[str, str], ...]
    accounts: tuple[Account, ...]

    @property
    def changes(self) -> Changes:
        """What to redraw, beside what the accounts name."""
        return Changes.of(self.records)


@needs("decide")
def settle_fork(
    office: Office,
    writer: str,
    to: str,
    keep_digest: str,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Settled:
    """Decide which of two packages with one number counts (`keep_digest`: sha256 of its file).

    The other, and what was written after it, is refused and its versions leave
    the fold; what waited behind the decision is judged again in order. After a cut
    in between the same decision goes on where it stopped. Raises `UserError` NO_FORK,
    FILE_GONE.
    """
    records: dict[tuple[str, str], None] = {}
    with office.store.write() as connection:
        rows = packages.of_channel(connection, writer, to)
        if _is_decided(rows, keep_digest):
            losers = [row for row in rows if _is_lost(row)]
            again = [row for row in rows if row.state == "held"]
        else:
            kept = _kept(rows, keep_digest)
            losers = _losers([row for row in rows if row.tip], kept)
            for row in losers:
                records.update(dict.fromkeys(_refuse(office, connection, row)))
            again = [row for row in rows if row.state == "frozen" and row not in losers]
            for row in again:
                packages.update(connection, row.n, state="held")
    watch = Watch(progress, cancel or Cancel())
    accounts = [_judge(office, replace(row, state="held"), watch) for row in again]
    numbers = tuple(row.n for row in losers)
    return Settled(keep_digest, numbers, tuple(records), tuple(accounts))


def _is_decided(rows: Sequence[PackageRow], digest: str) -> bool:
    """Whether this was decided before, and a cut left packages behind it to be judged."""
    chosen = any(row.digest == digest and not _is_lost(row) for row in rows)
    states = {row.state for row in rows}
    return chosen and any(map(_is_lost, rows)) and "held" in states and "frozen" not in states


def _is_lost(row: PackageRow) -> bool:
    return row.state == "refused" and row.code == _LOST


def _kept(rows: Sequence[PackageRow], digest: str) -> PackageRow:
    chosen = [row for row in rows if row.digest == digest and row.state in _UNDECIDED]
    if not chosen or not any(row.state == "frozen" for row in rows):
        raise UserError(
            "NO_FORK", "这里没有需要选定的报送。", remedy="请在收件列表中选择有疑问的文件。"
        )
    return chosen[0]


_UNDECIDED = ("frozen", "merged", "withdrawn")


def _losers(rows: Sequence[PackageRow], kept: PackageRow) -> list[PackageRow]:
    """What contradicts the kept package, and everything that goes on from there."""
    others = [row for row in rows if row.state in _UNDECIDED and row.tip != kept.tip]
    lost = [row for row in others if _contradicts(row, kept)]
    tips = {row.tip for row in lost}
    for row in others:
        if row not in lost and row.prev in tips:
            lost.append(row)
            tips.add(row.tip)
    return lost


def _contradicts(row: PackageRow, kept: PackageRow) -> bool:
    seq, here = row.seq or 0, kept.seq or 0
    return (
        seq == here
        or (seq == here - 1 and row.tip != kept.prev)
        or (seq == here + 1 and row.prev != kept.tip)
    )


def _refuse(office: Office, connection: Connection, row: PackageRow) -> Iterable[tuple[str, str]]:
    if row.state == "merged":
        return _withdraw(office, connection, row, "refused").records
    packages.update(connection, row.n, state="refused", code=_LOST)
    return ()
