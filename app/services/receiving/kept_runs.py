"""Every run of 汇总 with its account, kept as it ends; of one that was cut off it is found out.

A run of several files is written down when it begins as well, and its line becomes the account
when it ends. Where nothing tells its end, the power went or the program was killed: what is in of
it, the ledger says. What was taken back later is told so in the run that brought it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from app.domain.kernel.errors import UserError
from app.domain.kernel.readable import readable
from app.services.office.office import Office
from app.services.people.paper_names import operator_name
from app.services.receiving.package_account import Account
from app.services.receiving.run_account import AGAIN, PUT_BACK, Run, RunFile, file_of
from app.services.records.units import unit_of
from database.books import merge_runs
from database.books.merge_runs import MergeRunRow
from database.log import packages
from database.store.engine import Connection

MOST_SHOWN = 200
"""The runs that are listed; older ones stay and are opened by their number."""
_ALL = 1_000_000
_LATER = "汇总以后又撤销了。"
_CAME_IN = ("merged", "recorded", "withdrawn")
_Decoded = tuple[int, MergeRunRow, Run]


def begin(office: Office, files: Sequence[tuple[str, str]]) -> Run:
    """Write down that these files (sha256, name) are taken in now; its `n` is the end's `begun`.

    The run keeps that number when it has ended.
    """
    return keep(office, Run((), stopped=True, waits=tuple(files)))


def begin_at(office: Office, files: Sequence[Path]) -> Run:
    """As `begin`; what cannot be read is told by its own account."""
    return begin(office, [(_digest(file), file.name) for file in files])


def _digest(file: Path) -> str:
    try:
        with file.open("rb") as source:
            return hashlib.file_digest(source, "sha256").hexdigest()
    except OSError:
        return ""


def keep(office: Office, run: Run) -> Run:
    """Keep the account of a run that ended just now."""
    with office.store.write() as connection:
        return keep_within(office, connection, run)


def keep_within(office: Office, connection: Connection, run: Run) -> Run:
    """`keep` as a part of a larger transaction."""
    row = MergeRunRow(office.now(), office.operator, msgspec.json.encode(run).decode())
    if run.begun:
        merge_runs.end(connection, run.begun, row)
        return _told(connection, (run.begun, row, run))
    return _told(connection, (merge_runs.add(connection, row), row, run))


def kept(office: Office) -> list[Run]:
    """The runs so far, the newest first; at most `MOST_SHOWN`."""
    with office.store.read() as connection:
        return list(_every(connection, MOST_SHOWN))


def opened(office: Office, n: int) -> Run:
    """One run by its number; raises `UserError` NO_RUN."""
    with office.store.read() as connection:
        for run in _every(connection, _ALL):
            if run.n == n:
                return run
    raise UserError("NO_RUN", f"没有第 {n} 次汇总的记录。", remedy="不写号数可以列出全部。")


def _decoded(row: MergeRunRow) -> Run:
    return msgspec.json.decode(row.account, type=readable(Run))


def _every(connection: Connection, most: int) -> Iterator[Run]:
    """The newest first.

    A program of before wrote the end as a line of its own: the beginning of that is no run.
    """
    rows = merge_runs.newest(connection, 2 * most)
    found: list[_Decoded] = [(n, row, _decoded(row)) for n, row in rows]
    ended = {run.begun for _, _, run in found}
    runs = [one for one in found if not one[2].waits or one[0] not in ended]
    later: set[int] = set()
    undone = {("merged", one.n) for one in packages.find(connection, state="withdrawn")}
    for n, row, run in runs[:most]:
        whole = _cut_off(connection, run, later) if run.waits else run
        later |= {one.package for one in whole.files if not one.again}
        files = tuple(_now(one, undone) for one in whole.files)
        yield _told(connection, (n, row, msgspec.structs.replace(whole, files=files)))
        undone |= {(_UNDOES[one.state], one.package) for one in run.files if one.state in _UNDOES}


_UNDOES = {"withdrawn": "merged", PUT_BACK: AGAIN}
"""What a file of a run of 撤销 says, by what the run says that brought it."""
_TAKEN_BACK = {told: undoing for undoing, told in _UNDOES.items()}


def _now(one: RunFile, undone: Collection[tuple[str, int]]) -> RunFile:
    """A file that a run brought in; where it was taken back later, that it was."""
    if (one.state, one.package) not in undone:
        return one
    state = _TAKEN_BACK[one.state]
    return RunFile(one.name, state, _LATER, title=one.title, package=one.package)


def _cut_off(connection: Connection, run: Run, later: Collection[int]) -> Run:
    """What the ledger says of a run without an end; `later` ones took in the rest."""
    lines = {row.digest: row for row in packages.find(connection, direction="in")}
    files: list[RunFile] = []
    left: list[str] = []
    for digest, name in run.waits:
        row = lines.get(digest)
        if row is None or row.state not in _CAME_IN or not row.account:
            left.append(name)
        elif row.n not in later:
            files.append(file_of(msgspec.json.decode(row.account, type=readable(Account))))
    return msgspec.structs.replace(run, files=tuple(files), left=tuple(left))


def _told(connection: Connection, one: _Decoded) -> Run:
    """A run that was kept; its files go by the short name of the office that is known now."""
    n, row, run = one
    codes = {file.title.partition(" ")[0] for file in run.files} - {""}
    known = {code: unit_of(connection, code) for code in codes}
    names = {code: unit.short_name if unit else code for code, unit in known.items()}
    files = tuple(_by_name(file, names) for file in run.files)
    name = operator_name(connection, row.by)
    return msgspec.structs.replace(run, files=files, n=run.begun or n, at=row.at, by=name)


def _by_name(one: RunFile, names: Mapping[str, str]) -> RunFile:
    code, parted, number = one.title.partition(" ")
    return msgspec.structs.replace(one, title=f"{names[code]}{parted}{number}") if code else one
