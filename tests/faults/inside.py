"""What insiders send is refused with a code, or taken in with everything here whole."""

from __future__ import annotations

import time
import traceback
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from app.domain.records import TYPES
from app.exchange.envelope import Kind
from app.exchange.packagereader import inspect_package
from app.exchange.refusal import CODES
from app.services.backup import integrity
from app.services.office.office import Office
from app.services.receiving import take_package
from app.services.receiving.package_account import Account
from database.log import packages, revisions
from database.state import states
from tests.faults.damaged import MEGABYTES, SECONDS, peak
from tests.faults.insiders import Insider, made
from tests.faults.ready import numbered, opened, scratch
from tests.faults.stage import Stage
from tests.services.offices import CITY, COUNTY

NAME = "insider"
FULL, SHORT = 40_000, 100
_TOGETHER = 150
"""Packages into one copy of an office, which is then looked through."""


@dataclass(frozen=True, slots=True)
class Way:
    """Who sends what to whom."""

    kind: Kind
    sender: str
    receiver: str


WAYS = (
    Way("submission", COUNTY, CITY),
    Way("submission", COUNTY, CITY),
    Way("urgent", COUNTY, CITY),
    Way("answer", CITY, COUNTY),
    Way("reference", CITY, COUNTY),
    Way("restore", CITY, COUNTY),
)


def run(stage: Stage, numbers: Iterator[int]) -> None:
    """Try these numbers, many into one copy of the office that receives."""
    first = peak()
    with scratch() as folder:
        for number, place in zip(numbers, numbered(folder), strict=False):
            way = WAYS[number // _TOGETHER % len(WAYS)]
            with closing(_Round(stage, way, place)) as one:
                one.send_all(chain([number], numbers))
    added = peak() - first
    stage.tally.most("insider: MB added", added)
    if added > MEGABYTES:
        stage.tally.lose(f"{NAME}: memory", "any", f"{added:.0f} MB")


class _Round:
    """One copy of sender and receiver."""

    def __init__(self, stage: Stage, way: Way, folder: Path) -> None:
        self._stage, self._tally, self._way, self._folder = stage, stage.tally, way, folder
        self._frozen = False
        (folder / "to").mkdir()
        (folder / "from").mkdir()
        self._office = opened(stage.ready.place(way.receiver, folder / "to") / "data")
        self._sender = opened(stage.ready.place(way.sender, folder / "from") / "data")
        to = "all" if way.kind == "reference" else way.receiver
        self._insider = Insider(self._sender, to, way.kind, _foreign(self._office, way.sender))
        self._bring_up(to)
        self._before = _others(self._office, way.sender, way.receiver)

    def send_all(self, numbers: Iterator[int]) -> None:
        """Half a round's packages, or until the channel is frozen; then a look at everything."""
        number = 0
        for number in islice(numbers, _TOGETHER // 2):
            self.send(number)
            if self._frozen:
                break
        self.look_through(number)

    def _bring_up(self, to: str) -> None:
        """What was sealed earlier on this channel comes first."""
        with self._sender.store.read() as connection:
            rows = packages.find(connection, direction="out", to=to)
        for row in sorted(rows, key=lambda row: row.seq or 0):
            take_package.receive(self._office, self._sender.folder.outbox / str(row.file))

    def close(self) -> None:
        self._office.close()
        self._sender.close()

    def send(self, number: int) -> None:
        """One package, and what came of it."""
        dice = self._stage.dice(NAME, number)
        line = f"{NAME}: {self._way.kind}"
        data, seq = made(self._insider, dice)
        file = self._folder / "made.zfpkg"
        file.write_bytes(data)
        began = time.process_time()
        try:
            account = take_package.receive(self._office, file)
        except Exception:  # noqa: BLE001  (whatever it is, it is what we look for)
            self._tally.lose(line, number, traceback.format_exc())
            return
        took = time.process_time() - began
        self._tally.most("insider: slowest, s", took)
        if took > SECONDS:
            self._tally.lose(line, number, f"took {took:.1f} s")
        elif account.code and account.code not in CODES:
            self._tally.lose(line, number, f"unknown code {account.code}")
        else:
            self._count(line, account, file, seq)

    def _count(self, line: str, account: Account, file: Path, seq: int) -> None:
        merged = account.state in ("merged", "recorded")
        self._frozen = account.code in ("FORK", "CHAIN_BREAK") or account.seq > seq
        self._tally.add(line, "survived" if merged else "refused")
        self._tally.codes[f"{NAME}: {account.code or 'taken in'}"] += 1
        if merged:
            self._tally.codes[f"{NAME}: lines set aside"] += account.parked
            self._tally.codes[f"{NAME}: lines taken in"] += account.contained - account.parked
            if account.seq == seq:
                self._insider.seq, self._insider.tip = seq, inspect_package(file).tip

    def look_through(self, number: int) -> None:
        """The office is whole, and what belongs to others is as it was."""
        line = f"{NAME}: {self._way.kind}"
        found = integrity.examine_store(self._office, rebuild=False)
        if not found.sound or not found.agrees:
            said = "; ".join(fault.sentence for fault in found.faults[:9])
            self._tally.lose(line, f"up to {number}", said)
        after = _others(self._office, self._way.sender, self._way.receiver)
        if not _is_kept(self._way, self._before, after):
            self._tally.lose(line, f"up to {number}", "records of another office were changed")


def _foreign(office: Office, sender: str) -> list[str]:
    """Some records of others."""
    with office.store.read() as connection:
        found = revisions.in_order(connection)
        return [row.id for row in found if not row.writer.startswith(sender)][-25:]


def _others(office: Office, *ours: str) -> dict[str, str]:
    """The rows of all that belongs to a fourth office, by id."""
    found = {}
    with office.store.read() as connection:
        for kind in TYPES.values():
            for row in connection.exec_driver_sql(f"SELECT * FROM {states.table_of(kind)}"):
                one = row._mapping
                if one["owner"] and one["owner"] not in (CITY, *ours):
                    found[one["id"]] = repr(tuple(row))
    return found


def _is_kept(way: Way, before: dict[str, str], after: dict[str, str]) -> bool:
    """The city may make records for others, and bring theirs back; nobody else may."""
    if way.kind == "restore":
        return True
    if way.sender == CITY:
        after = {name: row for name, row in after.items() if name in before}
    return before == after
