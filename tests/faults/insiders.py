"""Packages that an enrolled office signs and seals as it should, with anything at all inside."""

from __future__ import annotations

import hashlib
import json
import random
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import pyrage
from pyrage import x25519

from app.domain.kernel.fields import FieldSpec, by_name
from app.domain.kernel.fields import Kind as Kind_
from app.domain.records import TYPES
from app.exchange import kinds, manifest, zstdframe
from app.exchange.envelope import Kind
from app.exchange.keys import age_key_id
from app.exchange.records import LineReader
from app.exchange.refusal import Refused
from app.services.office.office import Office
from app.services.packages import sealing
from app.services.packages.trust_store import require_trust
from database.log import packages, revisions
from tests.exchange.forge import RECORDS, Forgery, compact, digests
from tests.services.sample_records import VALUES as _VALUES

Dice = random.Random
Tree = dict[str, Any]
Path = tuple[Any, ...]

_DEEP: Any = None
for _ in range(40):
    _DEEP = [_DEEP]

WEIRD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**31, 2**53, 2**63, 2**64, -(2**63) - 1, 10**30, 1.5, 1e308, -0.0,
    "", " ", "0", "1", "-1", "\0", "\a", "\u202e甲乙", "\ufeff甲", "e\u0301", "😀" * 40, "𠮷𬭎",
    "甲" * 300, "a" * 5_000, "甲乙\n丙\r\n丁\t", "../../../x", "<b>x</b>", "=1+1", "%s%n{0}",
    "9999-12-31", "0001-01-01", "0000-00-00", "2011-02-30", "2011-7-2", "2011-07-20T25:00:00+08:00",
    "2011-07-20T09:00:00+99:99", "1e9", "١٢٣", "1_000", "NaN", "Infinity", "９９", "0x10",
    "99999999999999.99", "-5", "0.005", "300.000000000001",
    [], {}, [None], [[]], [{}], [""], ["甲"] * 500, [{"id": "1"}, {"id": "1"}], [1, "1", 1.0],
    {"": ""}, {"a": {"a": {"a": 1}}}, {"id": 1, "sha256": "x"}, _DEEP, list(range(300)),
)  # fmt: skip
RAW: tuple[bytes, ...] = (
    b"NaN", b"Infinity", b"-Infinity", b"1e999", b"-1e400", b"00", b"01", b"1.", b".5", b"+1",
    b'"\\ud800"', b'"\\udc00x"', b'"\\u0000"', b"9" * 400, b"-" + b"9" * 5000, b"1e-400", b"tru",
    b"'x'", b"", b"\xff", b'"\xc3\x28"', b'"\xed\xa0\x80"', b"[" * 100, b"{" * 40, b"/**/1",
    b'"\n"',
    b"1E5", b"12345678901234567890.0", b'{"a":1,"a":2}', b"[" * 5000 + b"]" * 5000,
)  # fmt: skip
_MARK = "\ue000here\ue000"
"""Stands in a tree where raw bytes come."""

OWN = ("id", "type", "schema", "parents", "writer", "at", "by", "op", "body", "why")


@dataclass
class Insider:
    """One enrolled installation whose program is another one: what it knows, and its channel."""

    office: Office
    to: str
    kind: Kind
    foreign: Sequence[str] = ()
    """Ids of records of other offices."""
    templates: list[tuple[str, Tree]] = field(default_factory=list)
    """Records to be like, each with the name of its last revision."""
    seq: int = 0
    tip: str | None = None
    recipients: list[str] = field(default_factory=list)
    trust_version: int = 0

    def __post_init__(self) -> None:
        with self.office.store.read() as connection:
            trust = require_trust(connection)
            self.trust_version = trust.version
            self.recipients = sealing.recipients(self.office, connection, trust, self.to)
            last = packages.last_sealed(connection, self.office.identity.writer, self.to)
            self.seq, self.tip = (last.seq or 0, last.tip) if last else (0, None)
            found = [(row.h, json.loads(row.raw)) for row in revisions.in_order(connection)]
        carried = kinds.CARRIES[self.kind].types
        self.templates = [(h, tree) for h, tree in found if tree["type"] in carried]
        absent = carried - {tree["type"] for _, tree in self.templates}
        self.templates += [("", self._first(name)) for name in sorted(absent) if name in TYPES]

    def _first(self, name: str) -> Tree:
        """A record of a type that the office has none of: every field is filled."""
        body = {name: self._value(spec) for name, spec in by_name(TYPES[name]).items()}
        return {
            "id": self.office.new_id(),
            "type": name,
            "schema": TYPES[name].schema,
            "parents": [],
            "writer": self.office.identity.writer,
            "at": self.office.now(),
            "by": self.office.operator,
            "op": "create",
            "body": {name: value for name, value in body.items() if value is not None},
        }

    def _value(self, spec: FieldSpec) -> Any:
        if spec.field.codes is not None:
            first = next(iter(spec.field.codes)).value
            return first if spec.kind is Kind_.CODE else [first]
        if spec.field.links:
            return self.foreign[0] if spec.kind is Kind_.LINK else list(self.foreign[:1])
        return _VALUES.get(spec.kind)

    def header(self, seq: int) -> Tree:
        """As a sound program writes it."""
        writer = self.office.identity.writer
        return {
            "format": 1,
            "crit": [],
            "suite": "std-1",
            "package_id": f"zf-{writer}-{seq:06d}-{seq & 0xFFFFFFFF:08x}",
            "kind": self.kind,
            "station": self.office.identity.station,
            "writer": writer,
            "to": self.to,
            "seq": seq,
            "prev": self.tip if seq > 1 else None,
            "part": None,
            "created": self.office.now(),
            "recipients": [age_key_id(one) for one in self.recipients],
            "trust_version": self.trust_version,
            "payload_oxum": "0.0",
        }

    def revision(self, dice: Dice) -> Tree:
        """A new record like one of our own, or a change of one of ours."""
        h, like = dice.choice(self.templates)
        tree: Tree = json.loads(json.dumps(like))
        tree["writer"] = self.office.identity.writer
        if not h or (self.kind != "restore" and dice.random() < 0.6):
            tree |= {"id": self.office.new_id(), "parents": [], "op": "create"}
        elif dice.random() < 0.7:
            tree |= {"parents": [h], "op": "edit"}
        return tree


def _places(tree: Any, path: Path = ()) -> list[Path]:
    """Every place in a tree of JSON."""
    found = [path]
    inside: Iterable[tuple[Any, Any]] = tree.items() if isinstance(tree, dict) else ()
    for key, value in enumerate(tree) if isinstance(tree, list) else inside:
        found += _places(value, (*path, key))
    return found


def _parent(tree: Any, path: Path) -> Any:
    for key in path[:-1]:
        tree = tree[key]
    return tree


def disturbed(tree: Tree, dice: Dice, insider: Insider) -> bytes:
    """The JSON of a tree with one or two things wrong."""
    instead: bytes | None = None
    for _ in range(dice.choice((1, 1, 1, 2, 4))):
        places = _places(tree)[1:]
        if not places:
            break
        path = dice.choice(places)
        parent, key = _parent(tree, path), path[-1]
        how = dice.randrange(10)
        if how < 5:
            parent[key] = deepcopy(dice.choice(WEIRD))
        elif how == 5 and instead is None:
            parent[key], instead = _MARK, dice.choice(RAW)
        elif how == 6:
            del parent[key]
        elif how == 7 and isinstance(parent, dict):
            parent[dice.choice(("x", "", "id", "h", str(key).upper(), "\u202e", f"{key} "))] = (
                deepcopy(dice.choice(WEIRD))
            )
        elif how == 8 and isinstance(parent, list):
            parent *= dice.choice((2, 3, 50))
        else:
            parent[key] = dice.choice(
                [*insider.foreign, str(uuid.uuid4()), insider.office.new_id()]
            )
    return _raw(tree, instead, dice)


def _raw(tree: Any, instead: bytes | None, dice: Dice) -> bytes:
    raw = json.dumps(tree, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )
    if instead is not None:
        raw = raw.replace(json.dumps(_MARK, ensure_ascii=False).encode(), instead)
    if dice.random() < 0.05:
        raw = raw.replace(b"{", b'{"id":"x",', dice.choice((1, 2)))
    return raw


def _of_the_head(tree: Tree, dice: Dice, insider: Insider) -> bytes:
    """What stands around the body: ids, parents, owners, types, times."""
    name = dice.choice(OWN)
    hashes = ["ab" * 32, "cd" * 32, hashlib.sha256(b"").hexdigest()]
    options: dict[str, Sequence[Any]] = {
        "id": (*insider.foreign, str(uuid.uuid4()), tree["id"].upper(), tree["id"][:-1] + "0"),
        "type": (*TYPES, "enrol", "nothing"),
        "schema": (0, -1, 2, 99, 2**53, True, "1", 1.0),
        "parents": (
            hashes[:1], hashes, [*hashes, *hashes], sorted(f"{n:064x}" for n in range(70)), ["x"],
            sorted(f"{n:064x}" for n in range(64)),
        ),
        "writer": ("511112-00000000", "511100-ffffffff", "x", tree["writer"].upper()),
        "at": ("2099-01-01T00:00:00+08:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00"),
        "by": ("x" * 101, "", "甲"),
        "op": ("create", "edit", "merge", "void", "restore", "adopt", "delete"),
        "body": ({}, [], {"unit": "511112"}, {"owner": "511112"}, {"attachments": "x"}),
        "why": ("", "x" * 10_000, None, 1),
    }  # fmt: skip
    tree[name] = deepcopy(dice.choice([*options[name], dice.choice(WEIRD)]))
    if name == "op" and dice.random() < 0.5:
        tree["parents"] = hashes[:1]
    return _raw(tree, None, dice)


def _of_a_link(tree: Tree, dice: Dice, insider: Insider) -> bytes:
    """What points at others points at nothing, at itself, at strangers', or in a ring."""
    targets = [*insider.foreign, tree["id"], str(uuid.uuid4()), "", "甲", 5, [], [tree["id"]] * 9]
    for name in dice.sample(_LINKS, 3):
        tree["body"][name] = dice.choice(targets)
    return _raw(tree, None, dice)


_LINKS = (
    "enterprise", "person", "visit", "case", "unit", "owner", "group", "campaign", "area", "target",
    "target_h", "one", "other", "reporter", "document", "attachments", "number", "extra",
    "accepted",
)  # fmt: skip
_BODIES: tuple[Callable[[Tree, Dice, Insider], bytes], ...] = (
    disturbed, disturbed, _of_the_head, _of_the_head, _of_a_link,
)  # fmt: skip


def lines(insider: Insider, dice: Dice) -> list[bytes]:
    """A few lines, most of them wrong; now and then the h is not theirs."""
    found = []
    for _ in range(dice.choice((1, 2, 3, 6))):
        tree = insider.revision(dice)
        raw = compact(tree) if dice.random() < 0.15 else dice.choice(_BODIES)(tree, dice, insider)
        h = hashlib.sha256(raw).hexdigest()
        if dice.random() < 0.03:
            h = dice.choice(("0" * 64, h.upper(), h[:-1], "", "甲"))
        found.append(b'{"h":"%b","r":%b}' % (h.encode(), raw))
    return found


@dataclass(frozen=True, slots=True)
class _Sender:
    kind: str
    writer: str


def cover(insider: Insider, found: Sequence[bytes]) -> Tree:
    """The totals that fit the lines, as far as they can be read."""
    sender = _Sender(insider.kind, insider.office.identity.writer)
    reader = LineReader(sender, len(found))
    try:
        list(reader.judge_all(found))
    except Refused:
        return {"records": {"visit": len(found)}, "sums": {}}
    told = reader.totals.cover()
    records = Counter(told.records)
    records["visit"] += len(found) - sum(told.records.values())
    return {"records": {name: many for name, many in records.items() if many}, "sums": told.sums}


def made(insider: Insider, dice: Dice) -> tuple[bytes, int]:
    """One package and its number; where only lines are wrong it is the next of its channel."""
    how = dice.random()
    seq = insider.seq + 1
    header = insider.header(seq)
    if dice.random() < 0.02:
        header = insider.header(max(1, dice.choice((seq - 1, seq + 1, seq + 1000, 2**53 - 1))))
        header["prev"] = dice.choice((header["prev"], "ab" * 32)) if header["seq"] > 1 else None
    found = lines(insider, dice) if how < 0.75 else [_sound(insider, dice)]
    plain = b"".join(line + b"\n" for line in found)
    index: Tree = {
        name: header[name] for name in ("package_id", "kind", "writer", "to", "seq", "prev")
    }
    facts = {"sha256": hashlib.sha256(plain).hexdigest(), "length": len(plain)}
    index |= {"acks": [], "cover": cover(insider, found), "files": {RECORDS: facts}}
    written = compact(index)
    if 0.75 <= how < 0.9:
        written = disturbed(index, dice, insider)
    forgery = Forgery(header["package_id"], {"bagit.txt": _BAGIT, "header.json": compact(header)})
    recipients = [x25519.Recipient.from_str(one) for one in insider.recipients]
    frame = zstdframe.compress(plain)
    if 0.9 <= how < 0.94:
        frame = dice.choice((frame[:-1], frame + b"x", frame[:9] + b"\xff" + frame[10:], b""))
    for path, data in ((kinds.INDEX, written), (RECORDS, frame)):
        forgery.members[path] = pyrage.encrypt(data, recipients)
    forgery.manifests()
    if how >= 0.94:
        _disturb_header(forgery, dice, insider)
    return forgery.sign(insider.office.signing_key).zip(), seq


_BOUND = ("package_id", "kind", "writer", "to", "seq", "prev")
_BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def _sound(insider: Insider, dice: Dice) -> bytes:
    raw = compact(insider.revision(dice))
    return b'{"h":"%b","r":%b}' % (hashlib.sha256(raw).hexdigest().encode(), raw)


def _disturb_header(forgery: Forgery, dice: Dice, insider: Insider) -> None:
    """A header with something wrong that is signed all the same."""
    header = json.loads(forgery.members[manifest.HEADER])
    forgery.members[manifest.HEADER] = disturbed(header, dice, insider)
    tagged = {path: forgery.members[path] for path in manifest.TAGGED}
    forgery.members[manifest.TAG_MANIFEST] = manifest.write(digests(tagged))
