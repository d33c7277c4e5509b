"""Make the kept packages: `python -m tests.golden.make_packages NAME`, once per release.

They are kept for ever in packages/NAME: every later release must read them as this
one does. The keys are those of the tests, the same every time; what age encrypts
is not, so the files are made once and then never again.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from app.exchange.index import Ack, Rejected
from app.exchange.packagewriter import seal_package
from tests.exchange import offices, spoil
from tests.exchange.attacks import ATTACKS
from tests.exchange.offices import CITY, CITY_PC, CODE, COUNTY, COUNTY_PC, READERS, ROOT
from tests.exchange.spoil import Desk

PACKAGES = Path(__file__).parent / "packages"
LARGEST_KEPT = 40_000
"""Bytes; larger attacks are only made while testing."""


@dataclass(frozen=True)
class Kept:
    """One kept file: the code it gets and what its reader has.

    `trust` is the version known (0: none), `key` the reader's age key in keys/.
    """

    file: str
    code: str
    trust: int = 1
    key: str = "city.age"
    passphrase: str | None = None


def reference(desk: Desk) -> bytes:
    """Units and a campaign behind a 启用码."""
    lines = [
        offices.revision(1, "unit", {"name": "沙湾区总工会"}, writer=CITY_PC.writer),
        offices.revision(2, "campaign", {"title": "走访帮扶"}, writer=CITY_PC.writer),
    ]
    path = desk.path()
    envelope = CITY_PC.envelope("reference", "all")
    seal_package(path, envelope, key=CITY_PC.key, passphrase=CODE, lines=lines)
    return path.read_bytes()


def answer(desk: Desk) -> bytes:
    """Nothing to review, but what arrived and what is missing."""
    ack = Ack(COUNTY_PC.writer, CITY, 3, "ab" * 32, (5,), (Rejected(6, "SIG_BAD"),), ("cd" * 32,))
    path = desk.path()
    envelope = CITY_PC.envelope("answer", COUNTY)
    seal_package(path, envelope, key=CITY_PC.key, recipients=READERS, acks=[ack])
    return path.read_bytes()


def urgent(desk: Desk) -> bytes:
    """One hazard."""
    hazard = offices.revision(3, "hazard", {"nature": "欠薪"})
    return desk.sealed(kind="urgent", lines=[hazard]).read_bytes()


def second_submission(desk: Desk) -> bytes:
    """Number 2 of the channel, part 1 of 2."""
    return desk.sealed(seq=2, prev="ab" * 32, part=(1, 2)).read_bytes()


def restore(desk: Desk) -> bytes:
    """The county's own revisions, from the city."""
    return desk.sealed(CITY_PC, "restore", to=COUNTY, lines=offices.some_lines()).read_bytes()


GOOD: Mapping[str, tuple[Callable[[Desk], bytes], Kept]] = {
    "submission": (lambda d: d.sealed().read_bytes(), Kept("submission.zfpkg", "OK")),
    "submission-2": (second_submission, Kept("submission-2.zfpkg", "OK")),
    "empty-answer": (answer, Kept("empty-answer.zfpkg", "OK", key="county.age")),
    "reference": (reference, Kept("reference.zfpkg", "OK", passphrase=CODE)),
    "trust": (lambda d: d.trust(spoil.second_trust()).zip(), Kept("trust.zfpkg", "OK")),
    "enrol": (lambda d: d.enrol().read_bytes(), Kept("enrol.zfpkg", "OK")),
    "restore": (restore, Kept("restore.zfpkg", "OK", key="county.age")),
    "urgent": (urgent, Kept("urgent.zfpkg", "OK")),
}


def make(folder: Path) -> None:
    """Write keys, good packages, attacks and manifest.json into a new folder."""
    folder.mkdir(parents=True)
    kept = []
    with tempfile.TemporaryDirectory() as work:
        desk = Desk(Path(work))
        for good, entry in GOOD.values():
            (folder / entry.file).write_bytes(good(desk))
            kept.append(entry)
        for name, case in ATTACKS.items():
            data = case.make(desk)
            if len(data) <= LARGEST_KEPT:
                entry = Kept(f"attack-{name}.zfpkg", case.code, case.known)
                (folder / entry.file).write_bytes(data)
                kept.append(entry)
    _write_keys(folder / "keys")
    text = json.dumps([asdict(entry) for entry in kept], ensure_ascii=False, indent=1)
    (folder / "manifest.json").write_text(text + "\n", encoding="utf-8")


def _write_keys(folder: Path) -> None:
    """Keys of nobody: the readers', and the trust packages with versions 1 and 2."""
    folder.mkdir()
    (folder / "city.age").write_text(CITY_PC.secret + "\n")
    (folder / "county.age").write_text(COUNTY_PC.secret + "\n")
    (folder / "county.openssh").write_bytes(COUNTY_PC.key.to_openssh())
    (folder / "root.openssh").write_bytes(ROOT.key.to_openssh())
    with tempfile.TemporaryDirectory() as work:
        desk = Desk(Path(work))
        for trust in (offices.first_trust(), spoil.second_trust()):
            path = folder / f"trust-{trust.version}.zfpkg"
            path.write_bytes(desk.trust(trust).zip())


if __name__ == "__main__":
    make(PACKAGES / sys.argv[1])
