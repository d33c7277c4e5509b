"""Attacks by whoever has a file in hand and no key: tricks of the ZIP around it (F1, F2, F6.6)."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.exchange import container
from tests.exchange import spoil
from tests.exchange.forge import pack
from tests.exchange.spoil import Desk
from tests.format.example import Example, bad


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the parts of a package lie: its bytes, the directory's entries, the end record."""

    data: bytes
    entries: tuple[int, ...]
    end: int

    @classmethod
    def of(cls, data: bytes) -> Layout:
        end = data.rindex(b"PK\5\6")
        (at,) = struct.unpack_from("<L", data, end + 16)
        entries = []
        while at < end:
            entries.append(at)
            at += 46 + sum(struct.unpack_from("<3H", data, at + 28))
        return cls(data, tuple(entries), end)

    @property
    def locals(self) -> tuple[int, ...]:
        return tuple(struct.unpack_from("<L", self.data, at + 42)[0] for at in self.entries)

    def put(self, at: int, new: bytes) -> bytes:
        return self.data[:at] + new + self.data[at + len(new) :]


def layout(desk: Desk) -> Layout:
    return Layout.of(desk.forgery().zip())


def entry_field(at: int, new: bytes, number: int = 1) -> Callable[[Desk], bytes]:
    """A field of one entry in the directory replaced."""

    def make(desk: Desk) -> bytes:
        found = layout(desk)
        return found.put(found.entries[number] + at, new)

    return make


def local_field(at: int, new: bytes, number: int = 1) -> Callable[[Desk], bytes]:
    """A field of one member's own header replaced."""

    def make(desk: Desk) -> bytes:
        found = layout(desk)
        return found.put(found.locals[number] + at, new)

    return make


def end_field(at: int, new: bytes) -> Callable[[Desk], bytes]:
    """A field of the end record replaced."""

    def make(desk: Desk) -> bytes:
        found = layout(desk)
        return found.put(found.end + at, new)

    return make


def named(name: str | bytes) -> Callable[[Desk], bytes]:
    """One more member of this name below the root, as raw bytes in both of its headers."""
    raw = name.encode() if isinstance(name, str) else name

    def make(desk: Desk) -> bytes:
        forgery = desk.forgery()
        hole = (b"data/" + b"X" * 200)[: len(raw)].decode()
        forgery.members[hole] = b"x"
        return forgery.zip().replace(hole.encode(), raw)

    return make


def twice(data: bytes) -> Callable[[Desk], bytes]:
    """bagit.txt stands twice under the same name, the second time with these bytes."""

    def make(desk: Desk) -> bytes:
        forgery = desk.forgery()
        forgery.members["bagit.tyt"] = data or forgery.members["bagit.txt"]
        return forgery.zip().replace(b"bagit.tyt", b"bagit.txt")

    return make


def inserted(extra: bytes) -> Callable[[Desk], bytes]:
    """Bytes between two members, every offset put right: nothing points at them."""

    def make(desk: Desk) -> bytes:
        forgery = desk.forgery()
        members = {f"{forgery.root}/{path}": data for path, data in forgery.members.items()}
        order = container.in_order(members)
        made = [container.Member(one, len(members[one]), zlib.crc32(members[one])) for one in order]
        body = b"".join(container.local_header(one) + members[one.name] for one in made)
        first = len(container.local_header(made[0])) + made[0].size
        found = Layout.of(body + container.directory(made))
        data = bytearray(found.data)
        for at in found.entries[1:]:
            (offset,) = struct.unpack_from("<L", data, at + 42)
            struct.pack_into("<L", data, at + 42, offset + len(extra))
        (offset,) = struct.unpack_from("<L", data, found.end + 16)
        struct.pack_into("<L", data, found.end + 16, offset + len(extra))
        return bytes(data[:first]) + extra + bytes(data[first:])

    return make


def hidden_member(desk: Desk) -> bytes:
    """A member that the directory does not list, between two that it does."""
    member = container.Member("zf-hidden/notes", 5, zlib.crc32(b"notes"))
    return inserted(container.local_header(member) + b"notes")(desk)


def commented(desk: Desk) -> bytes:
    found = layout(desk)
    return found.put(found.end + 20, struct.pack("<H", 5)) + b"hello"


def with_extra_field(desk: Desk) -> bytes:
    """As many programs write it: a time stamp of Unix in an extra field."""
    forgery = desk.forgery()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        for name in container.in_order(f"{forgery.root}/{path}" for path in forgery.members):
            info = zipfile.ZipInfo(name)
            info.extra = struct.pack("<HHBL", 0x5455, 5, 1, 0)
            box.writestr(info, forgery.members[name.partition("/")[2]])
    return out.getvalue()


def two_containers(desk: Desk) -> bytes:
    """A sound package, and behind it another: which of them is read?"""
    return desk.forgery().zip() + desk.forgery(seq=2, prev="ab" * 32).zip()


def into_directory(desk: Desk) -> bytes:
    """The last member is said to reach into the directory."""
    found = layout(desk)
    last = max(range(len(found.entries)), key=lambda number: found.locals[number])
    at = found.entries[last] + 20
    size = struct.unpack_from("<L", found.data, at)[0] + 60
    return found.put(at, struct.pack("<2L", size, size))


def nested_package(desk: Desk) -> bytes:
    """A whole package as one more payload file of another."""
    forgery = desk.forgery()
    forgery.members["data/inner.zfpkg"] = desk.forgery().zip()
    return forgery.zip()


def deflate_bomb(desk: Desk) -> bytes:
    """A record file that is a deflated megabyte of nothing."""
    forgery = desk.forgery()
    forgery.members["data/records-000.jsonl.zst.age"] = bytes(1 << 20)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for path, data in forgery.members.items():
            box.writestr(zipfile.ZipInfo(f"{forgery.root}/{path}"), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def upper_root(desk: Desk) -> bytes:
    """The same folder in capitals for one of its members."""
    forgery = desk.forgery()
    return spoil.rename(desk, "bagit.txt", f"{forgery.root.upper()}/bagit.txt")


U16, U32 = struct.Struct("<H").pack, struct.Struct("<L").pack

ATTACKS: Mapping[str, Example] = {
    "zip-end-broken": bad(end_field(0, b"PK\5\7"), "PKG_CORRUPT", "F1.2"),
    "zip-of-nothing": bad(lambda _: pack({}), "ROOT", "F2.5"),
    "zip-directory-before-the-file": bad(end_field(16, U32(0x7FFF_FFFF)), "PKG_CORRUPT", "F1.4"),
    "zip-entry-broken": bad(entry_field(0, b"PK\1\3"), "PKG_CORRUPT", "F1.5"),
    "zip-entry-name-too-long": bad(entry_field(28, U16(60_000)), "PKG_CORRUPT", "F1.5"),
    "zip-local-header-broken": bad(local_field(0, b"PK\3\5"), "PKG_CORRUPT", "F1.6"),
    "zip-member-elsewhere": bad(entry_field(42, U32(0x7FFF_FFF0)), "PKG_CORRUPT", "F1.6"),
    "zip-member-past-the-end": bad(entry_field(20, U32(0x7FFF_FFF0)), "PKG_CORRUPT", "F1.6"),
    "zip64-sizes": bad(entry_field(20, U32(0xFFFF_FFFF)), "PKG_CORRUPT", "F1.6"),
    "zip-method-of-the-directory": bad(entry_field(10, U16(8)), "ZIP_METHOD", "F1.7"),
    "zip-method-99": bad(entry_field(10, U16(99)), "ZIP_METHOD", "F1.7"),
    "zip-method-of-the-member": bad(local_field(8, U16(8)), "ZIP_NOT_CANONICAL", "F6.6"),
    "zip-deflate-bomb": bad(deflate_bomb, "ZIP_METHOD", "F1.7"),
    "zip-into-the-directory": bad(into_directory, "ZIP_OVERLAP", "F1.8"),
    "zip-encrypted-flag": bad(entry_field(8, U16(1)), "ZIP_NOT_CANONICAL", "F6.6"),
    "zip-descriptor-flag": bad(local_field(6, U16(8)), "ZIP_NOT_CANONICAL", "F6.6"),
    "zip-utf8-flag": bad(entry_field(8, U16(0x800)), "ZIP_NOT_CANONICAL", "F6.6"),
    "zip-real-size": bad(entry_field(24, U32(7)), "ZIP_NOT_CANONICAL", "F6.6"),
    "zip-local-size": bad(local_field(18, U32(7)), "ZIP_NOT_CANONICAL", "F6.6"),
    "zip-crc": bad(entry_field(16, U32(7)), "ZIP_NOT_CANONICAL", "F6.6"),
    "zip-version-needed": bad(entry_field(6, U16(45)), "ZIP_NOT_CANONICAL", "F6.6"),
    "zip-made-on-unix": bad(entry_field(4, U16(0x0314)), "ZIP_NOT_CANONICAL", "F6.6"),
    "zip-disk": bad(entry_field(34, U16(1)), "ZIP_NOT_CANONICAL", "F6.6"),
    "zip-internal-attributes": bad(entry_field(36, U16(1)), "ZIP_NOT_CANONICAL", "F6.6"),
    "zip-end-disk": bad(end_field(4, U16(1)), "ZIP_NOT_CANONICAL", "F6.6"),
    "zip-end-count": bad(end_field(8, U16(1)), "ZIP_NOT_CANONICAL", "F6.6"),
    "zip-end-total": bad(end_field(10, U16(1)), "ZIP_NOT_CANONICAL", "F6.6"),
    "zip-comment": bad(commented, "ZIP_NOT_CANONICAL", "F6.6"),
    "zip-extra-field": bad(with_extra_field, "ZIP_NOT_CANONICAL", "F6.6"),
    "zip-bytes-between": bad(inserted(b"what nobody sees"), "ZIP_NOT_CANONICAL", "F6.6"),
    "zip-hidden-member": bad(hidden_member, "ZIP_NOT_CANONICAL", "F6.6"),
    "zip-behind-another": bad(two_containers, "ZIP_NOT_CANONICAL", "F6.6"),
    "zip-in-a-member": bad(nested_package, "EXTRA_MEMBER", "F6.4"),
    "name-twice": bad(twice(b""), "PATH_DUP", "F2.4"),
    "name-twice-other-bytes": bad(twice(b"BagIt-Version: 0.97\n"), "PATH_DUP", "F2.4"),
    "name-in-chinese": bad(named("data/记录.age"), "PATH_UNSAFE", "F2.1"),
    "name-full-width": bad(named("data/．．／header"), "PATH_UNSAFE", "F2.1"),
    "name-decomposed": bad(named("data/e\u0301"), "PATH_UNSAFE", "F2.1"),
    "name-composed": bad(named("data/\u00e9"), "PATH_UNSAFE", "F2.1"),
    "name-turned-round": bad(named("data/\u202egpj.exe"), "PATH_UNSAFE", "F2.1"),
    "name-without-width": bad(named("data/\u200bx"), "PATH_UNSAFE", "F2.1"),
    "name-cyrillic": bad(named("d\u0430ta/x"), "PATH_UNSAFE", "F2.1"),
    "name-kelvin": bad(named("data/\u212a"), "PATH_UNSAFE", "F2.1"),
    "name-not-utf8": bad(named(b"data/\xff\xfe"), "PATH_UNSAFE", "F2.1"),
    "name-with-nul": bad(named(b"data/a\0.age"), "PATH_UNSAFE", "F2.1"),
    "name-with-line-end": bad(named(b"data/a\n"), "PATH_UNSAFE", "F2.1"),
    "name-with-space": bad(named("data/a b"), "PATH_UNSAFE", "F2.1"),
    "name-with-stream": bad(named("data/a:b"), "PATH_UNSAFE", "F2.1"),
    "name-with-star": bad(named("data/*"), "PATH_UNSAFE", "F2.1"),
    "name-too-long": bad(named("data/" + "y" * 170), "PATH_UNSAFE", "F2.1"),
    "name-of-a-folder": bad(named("data/"), "PATH_UNSAFE", "F2.2"),
    "name-of-a-share": bad(
        lambda d: spoil.rename(d, "bagit.txt", "//server/share"), "PATH_UNSAFE", "F2.2"
    ),
    "name-doubly-slashed": bad(named("data//x"), "PATH_UNSAFE", "F2.2"),
    "name-ends-with-dot": bad(named("data/a."), "PATH_UNSAFE", "F2.2"),
    "name-com0": bad(named("data/com0"), "PATH_UNSAFE", "F2.2"),
    "name-nul-device": bad(named("data/NUL.jpg"), "PATH_UNSAFE", "F2.2"),
    "name-upper-root": bad(upper_root, "ROOT", "F2.5"),
}
