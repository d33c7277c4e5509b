"""A small world for the tests: a city, a county, a stranger; the same keys every time."""

from __future__ import annotations

import hashlib
import io
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.domain.merging.revision import Op, Revision, seal
from app.exchange.envelope import Envelope, Kind
from app.exchange.keys import SigningKey, age_recipient, writer_name
from app.exchange.packagewriter import Scan
from app.exchange.trust import Trust, TrustRecipient, TrustWriter, issue

CITY, COUNTY, SISTER = "511100", "511133", "511129"
CODE = "7K3M-9QXA-启用"
WHEN = "2026-07-04T10:00:00+08:00"
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


def _bech32(prefix: str, data: bytes) -> str:
    """Encode as BIP 173; pyrage makes only random identities."""
    bits = int.from_bytes(data) << 4
    fives = [bits >> shift & 31 for shift in range(len(data) * 8 + 4 - 5, -1, -5)]
    head = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    check = _polymod([*head, *fives, 0, 0, 0, 0, 0, 0]) ^ 1
    fives += [check >> 5 * (5 - i) & 31 for i in range(6)]
    return f"{prefix}1" + "".join(_BECH32[five] for five in fives)


def _polymod(values: Sequence[int]) -> int:
    total = 1
    for value in values:
        top = total >> 25
        total = (total & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(
            (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
        ):
            total ^= generator if top >> bit & 1 else 0
    return total


@dataclass(frozen=True)
class Office:
    """One PC of one office, with keys that depend on its name only."""

    name: str
    station: str
    role: str = "county"
    kinds: tuple[str, ...] = ("submission", "urgent")

    @cached_property
    def key(self) -> SigningKey:
        seed = hashlib.sha256(f"signing {self.name}".encode()).digest()
        return SigningKey(Ed25519PrivateKey.from_private_bytes(seed))

    @cached_property
    def secret(self) -> str:
        seed = hashlib.sha256(f"age {self.name}".encode()).digest()
        return _bech32("age-secret-key-", seed).upper()

    @property
    def age(self) -> str:
        return age_recipient(self.secret)

    @property
    def writer(self) -> str:
        return writer_name(self.station, self.key.public)

    def enrolled(self, to: Sequence[str], last: int | None = None) -> TrustWriter:
        return TrustWriter(
            writer=self.writer,
            station=self.station,
            role=self.role,
            signing_key=self.key.public.text,
            age=self.age,
            kinds=self.kinds,
            channels=dict.fromkeys(to, (1, last)),
            supersedes=None,
        )

    def envelope(self, kind: Kind = "submission", to: str = CITY, **changes: Any) -> Envelope:
        usual = Envelope(
            kind=kind,
            station=self.station,
            writer=self.writer,
            to=to,
            seq=1,
            prev=None,
            created=WHEN,
            trust_version=1,
        )
        return replace(usual, **changes)


CITY_PC = Office("city", CITY, "city", ("answer", "reference", "restore", "trust"))
COUNTY_PC = Office("county", COUNTY)
SISTER_PC = Office("sister", SISTER)
STRANGER = Office("stranger", "511181")
GONE = Office("gone", COUNTY)
ROOT = Office("root", CITY)
NEW_ROOT = Office("new root", CITY)
READERS = (CITY_PC.age, COUNTY_PC.age)


def writers() -> list[TrustWriter]:
    return [
        CITY_PC.enrolled([COUNTY, SISTER, "all"]),
        COUNTY_PC.enrolled([CITY, COUNTY]),
        SISTER_PC.enrolled([CITY, SISTER]),
        GONE.enrolled([CITY], last=7),
    ]


def recipients() -> list[TrustRecipient]:
    return [TrustRecipient(one.station, one.age) for one in (CITY_PC, COUNTY_PC, SISTER_PC)]


def first_trust(**changes: Any) -> Trust:
    facts: dict[str, Any] = {"writers": writers(), "recipients": recipients()} | changes
    return issue(None, ROOT.key, **facts)


def record_id(number: int) -> str:
    return f"0190a0b0-0000-7000-8000-{number:012x}"


def revision(
    number: int = 1,
    type: str = "visit",
    body: dict[str, Any] | None = None,
    *,
    writer: str = COUNTY_PC.writer,
    parents: tuple[str, ...] = (),
    op: Op = "create",
) -> tuple[str, bytes]:
    return seal(
        Revision(
            id=record_id(number),
            type=type,
            schema=1,
            parents=parents,
            writer=writer,
            at=WHEN,
            by="operator-1",
            op=op,
            body={"workers_met": 12, "note": "走访"} if body is None else body,
        )
    )


def some_lines() -> list[tuple[str, bytes]]:
    """A visit, an aid of 500.00 and a later version of it of 620.50."""
    first = revision(2, "aid", {"money": "500.00", "goods_value": "80"})
    later = revision(2, "aid", {"money": "620.50"}, parents=(first[0],), op="edit")
    return [revision(), first, later]


def scan(data: bytes, name: str = "签领表.jpg") -> Scan:
    return Scan(hashlib.sha256(data).hexdigest(), name, "image/jpeg", lambda: io.BytesIO(data))


def uuid4(number: int) -> str:
    return str(uuid.UUID(int=number, version=4))


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path
