"""登记文件 that the root signs and 登记申请 that their keys sign, with anything at all inside."""

from __future__ import annotations

import hashlib
import json
import traceback
from collections.abc import Iterator
from contextlib import closing, suppress
from itertools import chain, islice
from pathlib import Path
from typing import Any

import msgspec
import pyrage
from pyrage import x25519

from app.domain.kernel.errors import Problem
from app.exchange import kinds, sshsig, zstdframe
from app.exchange.envelope import EVERYONE
from app.exchange.keys import TRUST_NAMESPACE
from app.exchange.packagewriter import seal_trust
from app.exchange.refusal import CODES
from app.exchange.trust import SignedVersion, Trust, TrustDocument
from app.services.backup import integrity
from app.services.packages import sealing, trust_issuing
from app.services.packages.trust_store import require_trust
from app.services.receiving import take_package
from app.services.registering import enrolment
from database.log import packages
from tests.exchange.forge import RECORDS, Forgery, compact
from tests.faults.insiders import Dice, Insider, disturbed
from tests.faults.ready import THIRD, numbered, opened, scratch
from tests.faults.stage import Stage
from tests.services.offices import CITY, COUNTY, PASSPHRASE

NAME = "register"
FULL, SHORT = 4_000, 40
_TOGETHER = 20
"""Files into one copy of the offices, which are then looked through."""
_SAID = frozenset({"ALREADY_ENROLLED", "NOT_OURS", "UNKNOWN_UNIT", "CODE_DIFFERS", "DUPLICATE"})
"""What a person is told of a sound request that cannot be granted."""


def run(stage: Stage, numbers: Iterator[int]) -> None:
    """Try these numbers: by turns a round of trust documents, and one of requests."""
    with scratch() as folder:
        for number, place in zip(numbers, numbered(folder), strict=False):
            turn = _Trusts if number // _TOGETHER % 2 else _Requests
            with closing(turn(stage, place)) as one:
                one.send_all(chain([number], numbers))


class _Round:
    """Copies of who sends and who receives, until something was taken in."""

    line = ""

    def __init__(self, stage: Stage, folder: Path, sender: str, receiver: str) -> None:
        self.stage, self.folder = stage, folder
        for name in ("from", "to"):
            (folder / name).mkdir()
        self.sender = opened(stage.ready.place(sender, folder / "from") / "data")
        self.office = opened(stage.ready.place(receiver, folder / "to") / "data")
        self.file = folder / "made.zfpkg"

    def close(self) -> None:
        self.sender.close()
        self.office.close()

    def send_all(self, numbers: Iterator[int]) -> None:
        """Files until one is taken in or the round is full; then a look at everything."""
        number = 0
        for number in islice(numbers, _TOGETHER):
            self.make(self.stage.dice(NAME, number))
            if self._judge(number):
                break
        found = integrity.examine_store(self.office, rebuild=False)
        if not found.sound or not found.agrees:
            said = "; ".join(fault.sentence for fault in found.faults[:9])
            self.stage.tally.lose(self.line, f"up to {number}", said)

    def _judge(self, number: int) -> bool:
        """Whether it was taken in."""
        tally = self.stage.tally
        try:
            code = self.give()
        except Exception:  # noqa: BLE001  (whatever it is, it is what we look for)
            tally.lose(self.line, number, traceback.format_exc())
            return False
        if code and code not in CODES and code not in _SAID:
            tally.lose(self.line, number, f"unknown code {code}")
        else:
            tally.add(self.line, "refused" if code else "survived")
        tally.codes[f"{self.line}: {code or 'taken in'}"] += 1
        return not code

    def make(self, dice: Dice) -> None:
        """Write the file."""
        raise NotImplementedError

    def give(self) -> str:
        """Let it be received; the code of a refusal, else nothing."""
        raise NotImplementedError


class _Trusts(_Round):
    """The city's next trust document: other members, the root's own signature."""

    line = f"{NAME}: trust"

    def __init__(self, stage: Stage, folder: Path) -> None:
        super().__init__(stage, folder, CITY, COUNTY)
        self._root = trust_issuing.root_of(self.sender, PASSPHRASE)
        self._insider = Insider(self.sender, EVERYONE, "reference", [self.sender.new_id()])
        with self.sender.store.read() as connection:
            rows = packages.find(connection, direction="out", to=EVERYONE)
        for row in sorted(rows, key=lambda row: row.seq or 0):
            take_package.receive(self.office, self.sender.folder.outbox / str(row.file))

    def make(self, dice: Dice) -> None:
        with sealing.writing(self.sender) as connection:
            trust = require_trust(connection)
            envelope = sealing.next_envelope(self.sender, connection, EVERYONE, "trust", trust)
        tree = json.loads(trust.versions[-1].document)
        tree |= {"version": trust.version + 1, "previous": trust.digest}
        raw = compact(tree) if dice.random() < 0.02 else disturbed(tree, dice, self._insider)
        versions = [*trust.versions, self._signed(raw)]
        if dice.random() < 0.1:
            versions[dice.randrange(len(versions))] = self._signed(raw)
        document = trust.document
        with suppress(msgspec.MsgspecError, UnicodeDecodeError):
            document = msgspec.json.decode(raw, type=TrustDocument)
        self.file.unlink(missing_ok=True)
        listed = Trust(tuple(versions), document)
        try:
            listed.allowed_signers.encode("ascii")
        except Exception:  # noqa: BLE001  (the writer of this file cannot list such keys)
            listed = Trust(tuple(versions), trust.document)
        seal_trust(self.file, envelope, listed, key=self.sender.signing_key)

    def _signed(self, raw: bytes) -> SignedVersion:
        return SignedVersion(raw, sshsig.sign(self._root, TRUST_NAMESPACE, raw))

    def give(self) -> str:
        account = take_package.receive(self.office, self.file)
        return "" if account.state in ("merged", "recorded") else account.code or account.state


class _Requests(_Round):
    """A request of a new office: another body, its own key's signature."""

    line = f"{NAME}: enrol"

    def __init__(self, stage: Stage, folder: Path) -> None:
        super().__init__(stage, folder, THIRD, CITY)
        self._insider = Insider(self.sender, CITY, "submission", [self.sender.new_id()])
        sound = Forgery.of(stage.ready.request)
        self._secret = x25519.Identity.from_str(self.office.secrets.age_identity)
        self._index = json.loads(self._plain(sound, kinds.INDEX))
        frame, size = self._plain(sound, RECORDS), self._index["files"][RECORDS]["length"]
        self._request: dict[str, Any] = json.loads(b"".join(zstdframe.decompress(frame, size)))["r"]
        self._recipients = [x25519.Recipient.from_str(self.office.recipient)]

    def _plain(self, forgery: Forgery, path: str) -> bytes:
        return bytes(pyrage.decrypt(forgery.members[path], [self._secret]))

    def make(self, dice: Dice) -> None:
        tree = json.loads(json.dumps(self._request))
        inside = tree["body"] if dice.random() < 0.7 else tree
        if inside is tree:
            raw = disturbed(tree, dice, self._insider)
        else:
            body = disturbed(inside, dice, self._insider)
            tree["body"] = "\ue000body"
            raw = compact(tree).replace('"\ue000body"'.encode(), body)
        line = b'{"h":"%b","r":%b}\n' % (hashlib.sha256(raw).hexdigest().encode(), raw)
        facts = {"sha256": hashlib.sha256(line).hexdigest(), "length": len(line)}
        forgery = Forgery.of(self.stage.ready.request)
        index = {**self._index, "files": {RECORDS: facts}}
        for path, data in ((kinds.INDEX, compact(index)), (RECORDS, zstdframe.compress(line))):
            forgery.members[path] = pyrage.encrypt(data, self._recipients)
        self.file.write_bytes(forgery.whole(self.sender.signing_key))

    def give(self) -> str:
        try:
            enrolment.approve(
                self.office,
                self.file,
                self.folder / "out",
                root_passphrase=PASSPHRASE,
                code=self.stage.ready.code,
            )
        except Problem as problem:
            return problem.code
        return ""
