"""The sealed and the received files we keep: whether each is still what it was."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import msgspec

from app.domain.kernel.errors import EnvironmentProblem, UserError
from app.domain.kernel.progress import Cancel, Progress, Step, silent
from app.domain.merging.ownership import station_of
from app.exchange.envelope import EVERYONE
from app.exchange.files import words_for
from app.exchange.kinds import WORDS
from app.exchange.packagereader import inspect_package
from app.exchange.refusal import Refused
from app.services.office.office import Office
from app.services.packages.channels import acknowledged
from app.services.packages.trust_store import trust_of
from app.services.packages.writer_replacement import predecessor
from app.services.records.units import name_of
from database.log import packages
from database.log.packages import PackageRow
from database.store.engine import Connection

Cause = Literal["missing", "altered"]

CAUSES = {"missing": "不见了", "altered": "已损坏"}


class Broken(msgspec.Struct, frozen=True):
    """A kept file that is not what it was.

    `needed`: some office has still to get it, or somebody has still to decide on it.
    """

    package: int
    direction: str
    kind: str
    writer: str
    to: str
    seq: int
    file: str
    cause: Cause
    needed: bool
    whom: str
    """The office it is for, or came from."""

    @property
    def title(self) -> str:
        """给乐山市总工会的第3次报送, 沙湾区总工会的第2次报送."""
        numbered = f"第{self.seq}次{WORDS.get(self.kind, '文件')}" if self.seq else "文件"
        return f"{'给' if self.direction == 'out' else ''}{self.whom}的{numbered}"

    @property
    def sentence(self) -> str:
        """What is wrong, in a sentence."""
        return f"{self.title}的文件{CAUSES[self.cause]}（{self.file}）。"


def examine_kept(
    office: Office, *, progress: Progress = silent, cancel: Cancel | None = None
) -> list[Broken]:
    """Compare every kept file with the ledger: sealed ones by tip, received ones by sha256.

    Raises `Cancelled`, `EnvironmentProblem`.
    """
    watch = cancel or Cancel()
    with office.store.read() as connection:
        rows = [row for row in packages.find(connection) if row.file and row.state != "lost"]
        found = []
        for done, row in enumerate(rows, 1):
            watch.check()
            progress(Step("正在核对报送文件", done, len(rows)))
            cause = cause_of(office, row)
            if cause is not None:
                found.append(_broken(office, connection, row, cause))
    return found


def place_of(office: Office, row: PackageRow) -> Path:
    """Where the file of a line of the ledger lies, on this computer."""
    kept = office.kept
    return (kept.outbox if row.direction == "out" else kept.inbox)(str(row.file))


def cause_of(office: Office, row: PackageRow) -> Cause | None:
    """What is wrong with the file of a line, or None."""
    try:
        return None if is_file_of(row, place_of(office, row)) else "altered"
    except EnvironmentProblem as problem:
        if problem.code == "FILE_GONE":
            return "missing"
        raise


def is_file_of(row: PackageRow, path: Path) -> bool:
    """Whether this file is the very package that a line speaks of; raises `EnvironmentProblem`."""
    if row.direction == "in":
        with words_for(path), path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == row.digest
    try:
        return inspect_package(path).tip == row.tip
    except Refused:
        return False


def require_whole(office: Office, files: Iterable[Path]) -> None:
    """Judge kept files before they are copied out; others are passed over.

    Raises `UserError` PACKAGE_GONE, PACKAGE_ALTERED for the first that is not what it was.
    """
    with office.store.read() as connection:
        for file in files:
            direction = "out" if file.parent == office.folder.outbox else "in"
            for row in packages.find(connection, direction=direction, file=file.name):
                cause = cause_of(office, row)
                if cause is not None:
                    raise _refusal(_broken(office, connection, row, cause))


def _refusal(one: Broken) -> UserError:
    return UserError(
        "PACKAGE_GONE" if one.cause == "missing" else "PACKAGE_ALTERED",
        f"{one.title}的文件{CAUSES[one.cause]}，没有拷出。",
        why=f"在这台电脑的数据文件夹里，不是优盘的问题（{one.file}）。",
        remedy="请到“设置”的“数据”，在“报送文件”里找回它，或者声明遗失后重新报送。",
    )


def _broken(office: Office, connection: Connection, row: PackageRow, cause: Cause) -> Broken:
    other = row.to if row.direction == "out" else station_of(row.writer or "")
    whom = "各单位" if other == EVERYONE else name_of(connection, other or "")
    needed = _is_needed(office, connection, row)
    return Broken(
        row.n,
        row.direction,
        row.kind or "",
        row.writer or "",
        row.to or "",
        row.seq or 0,
        row.file or "",
        cause,
        needed,
        whom,
    )


def _is_needed(office: Office, connection: Connection, row: PackageRow) -> bool:
    if row.direction == "in":
        return row.state in ("held", "frozen", "withdrawn") or _is_to_pass_on(
            office, connection, row
        )
    if row.writer not in (office.identity.writer, predecessor(office, connection)):
        return False
    if row.kind == "enrol":
        trust = trust_of(connection)
        return trust is None or trust.writer(row.writer or "") is None
    if row.to == EVERYONE:
        return row.kind != "trust" or row.n == _newest_trust(connection, row)
    return (row.seq or 0) > acknowledged(connection, row.writer or "", row.to or "", row.to or "")


def _newest_trust(connection: Connection, row: PackageRow) -> int:
    rows = packages.find(connection, direction="out", writer=row.writer, kind="trust")
    return max(one.n for one in rows)


def _is_to_pass_on(office: Office, connection: Connection, row: PackageRow) -> bool:
    """Whether the office above has still to get it through us."""
    here, city = office.identity.station, office.identity.city
    if here == city or row.to != here or row.kind not in ("submission", "urgent"):
        return False
    got = acknowledged(connection, row.writer or "", here, city)
    return row.state == "merged" and station_of(row.writer or "") != here and (row.seq or 0) > got
