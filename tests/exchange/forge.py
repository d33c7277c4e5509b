"""Take a package apart, change what one likes, and put it together again, signed or not."""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyrage
from pyrage import x25519

from app.exchange import container, kinds, manifest, sshsig, zstdframe
from app.exchange.envelope import Payload
from app.exchange.keys import PACKAGE_NAMESPACE, SigningKey
from tests.exchange.offices import COUNTY_PC, READERS

RECORDS = kinds.records_path(0)


def compact(members: Any) -> bytes:
    return json.dumps(members, separators=(",", ":"), ensure_ascii=False).encode()


@dataclass
class Forgery:
    """The members of a package by their path below the root."""

    root: str
    members: dict[str, bytes]

    @classmethod
    def of(cls, path: Path) -> Forgery:
        with path.open("rb") as file:
            box = container.read_container(file)
            whole = {entry.name: box.read(entry) for entry in box.entries}
        root = next(iter(whole)).partition("/")[0]
        return cls(root, {name[len(root) + 1 :]: data for name, data in whole.items()})

    @property
    def signature(self) -> str:
        return next(path for path in self.members if path.startswith("signatures/"))

    def change_header(self, **changes: Any) -> Forgery:
        header = json.loads(self.members[manifest.HEADER]) | changes
        self.members[manifest.HEADER] = compact(header)
        return self

    def plain(self, path: str, secret: str = COUNTY_PC.secret) -> bytes:
        return bytes(pyrage.decrypt(self.members[path], [x25519.Identity.from_str(secret)]))

    def put(self, path: str, plain: bytes, to: tuple[str, ...] = READERS) -> Forgery:
        recipients = [x25519.Recipient.from_str(one) for one in to]
        self.members[path] = pyrage.encrypt(plain, recipients)
        return self

    def change_index(self, **changes: Any) -> Forgery:
        return self.put(kinds.INDEX, compact(json.loads(self.plain(kinds.INDEX)) | changes))

    def index(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.plain(kinds.INDEX))
        return found

    def put_records(self, plain: bytes, *, frame: bytes | None = None, **facts: Any) -> Forgery:
        """Replace the record lines and what the index says of them."""
        index = self.index()
        true = {"sha256": hashlib.sha256(plain).hexdigest(), "length": len(plain)}
        index["files"][RECORDS] = true | facts
        types = re.findall(rb'"type":"(\w+)","schema"', plain)
        counts = {one.decode(): types.count(one) for one in types}
        counts["visit"] = counts.get("visit", 0) + len(plain.splitlines()) - len(types)
        index["cover"]["records"] = counts
        met = plain.count(b'"workers_met":12')
        index["cover"]["sums"]["visit.workers_met"] = str(12 * met)
        self.put(kinds.INDEX, compact(index))
        return self.put(RECORDS, zstdframe.compress(plain) if frame is None else frame)

    def manifests(self, *, oxum: bool = True) -> Forgery:
        """Make header, bag-info and manifests fit the members again."""
        payload = {path: data for path, data in self.members.items() if path.startswith("data/")}
        if oxum:
            size = Payload(sum(map(len, payload.values())), len(payload))
            self.change_header(payload_oxum=str(size))
            package_id = json.loads(self.members[manifest.HEADER])["package_id"]
            self.members[manifest.BAG_INFO] = manifest.bag_info(package_id, str(size))
        self.members[manifest.MANIFEST] = manifest.write(digests(payload))
        tagged = {path: self.members[path] for path in manifest.TAGGED}
        self.members[manifest.TAG_MANIFEST] = manifest.write(digests(tagged))
        return self

    def sign(self, key: SigningKey = COUNTY_PC.key, namespace: str = PACKAGE_NAMESPACE) -> Forgery:
        for path in [path for path in self.members if path.startswith("signatures/")]:
            del self.members[path]
        armor = sshsig.sign(key, namespace, self.members[manifest.TAG_MANIFEST])
        self.members[f"signatures/{key.public.key_id}.sshsig"] = armor
        return self

    def whole(self, key: SigningKey = COUNTY_PC.key) -> bytes:
        """Everything made to fit again, signed, and in the canonical container."""
        return self.manifests().sign(key).zip()

    def zip(self) -> bytes:
        return pack({f"{self.root}/{path}": data for path, data in self.members.items()})


def digests(members: dict[str, bytes]) -> dict[str, str]:
    return {path: hashlib.sha256(data).hexdigest() for path, data in members.items()}


def pack(members: dict[str, bytes]) -> bytes:
    """The canonical container of these members, whatever their names."""
    listed = [
        container.Member(name, len(members[name]), zlib.crc32(members[name]))
        for name in container.in_order(members)
    ]
    data = [container.local_header(one) + members[one.name] for one in listed]
    return b"".join(data) + container.directory(listed)
