"""The ZIP around a package, byte by byte: what is read and where reading stops (§7, ZIP)."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from functools import partial

import pytest

from app.exchange import container, files
from app.exchange.container import Container, Entry
from tests.exchange.forge import pack
from tests.exchange.refusals import refusal

MEMBERS = {"zf/header.json": b"{}", "zf/bagit.txt": b"BagIt", "zf/data/a": b""}


def box(data: bytes) -> Container:
    return container.read_container(io.BytesIO(data))


def crcs(members: dict[str, bytes] = MEMBERS) -> dict[str, int]:
    return {name: zlib.crc32(data) for name, data in members.items()}


def changed(data: bytes, at: int, new: bytes) -> bytes:
    return data[:at] + new + data[at + len(new) :]


def entry_at(data: bytes, number: int = 0) -> int:
    """Where the directory's entry with this number begins."""
    at = -1
    for _ in range(number + 1):
        at = data.index(b"PK\1\2", at + 1)
    return at


def test_the_bytes_of_a_container_are_these() -> None:
    """One member, spelt out field by field as the format has them."""
    name, data = b"zf/header.json", b"{}"
    crc = zlib.crc32(data)
    local = b"PK\3\4" + struct.pack("<HHHHHLLLHH", 20, 0, 0, 0, 0x21, crc, 2, 2, len(name), 0)
    entry = b"PK\1\2" + struct.pack(
        "<HHHHHHLLLHHHHHLL", 20, 20, 0, 0, 0, 0x21, crc, 2, 2, len(name), 0, 0, 0, 0, 0, 0
    )
    place = len(local) + len(name) + len(data)
    size = len(entry) + len(name)
    end = b"PK\5\6" + struct.pack("<HHHHLLH", 0, 0, 1, 1, size, place, 0)
    assert pack({name.decode(): data}) == local + name + data + entry + name + end


def test_zip_programs_read_it() -> None:
    with zipfile.ZipFile(io.BytesIO(pack(MEMBERS))) as opened:
        assert opened.testzip() is None
        assert {one.filename: opened.read(one) for one in opened.infolist()} == MEMBERS
        assert [one.filename for one in opened.infolist()] == list(container.in_order(MEMBERS))
        assert {one.date_time for one in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_header_stands_first_and_the_rest_by_name() -> None:
    names = ["zf/header.jsonx", "zf/data/header.json", "zf/header.json", "zf/a", "header.json"]
    assert container.in_order(names) == [
        "zf/header.json", "header.json", "zf/a", "zf/data/header.json", "zf/header.jsonx",
    ]  # fmt: skip


def test_what_is_in_it_is_read_back() -> None:
    data = pack(MEMBERS)
    opened = box(data)
    assert opened.size == len(data)
    assert opened.directory == entry_at(data)
    found = {one.name: one for one in opened.entries}
    assert found.keys() == MEMBERS.keys()
    at = 0
    for name in container.in_order(MEMBERS):
        start = at + 30 + len(name)
        assert found[name] == Entry(name, 0, len(MEMBERS[name]), at, start, is_link=False)
        assert opened.read(found[name]) == MEMBERS[name]
        at = start + len(MEMBERS[name])
    container.require_stored(opened)
    container.require_apart(opened)
    container.require_canonical(opened, crcs())


def test_a_large_member_comes_a_piece_at_a_time() -> None:
    whole = bytes(range(256)) * (files.CHUNK // 128) + b"end"
    opened = box(pack({"zf/header.json": whole}))
    pieces = list(opened.chunks(opened.entries[0]))
    assert [len(one) for one in pieces] == [files.CHUNK, files.CHUNK, 3]
    assert b"".join(pieces) == whole
    assert opened.read(opened.entries[0]) == whole


def test_a_member_that_ends_early_is_named() -> None:
    opened = box(pack(MEMBERS))
    torn = Container(io.BytesIO(b"PK"), opened.entries, 0, 0)
    entry = next(one for one in opened.entries if one.name == "zf/bagit.txt")
    assert refusal(lambda: torn.read(entry)) == ("PKG_CORRUPT", "zf/bagit.txt")


def test_a_member_without_a_name_is_still_one() -> None:
    assert box(pack({"": b"x"})).entries == [Entry("", 0, 1, 0, 30, is_link=False)]


def test_bytes_before_the_container_shift_its_members() -> None:
    """Programs that unpack themselves are made so; names and data are found all the same."""
    opened = box(b"MZ" + pack(MEMBERS))
    assert {one.name: opened.read(one) for one in opened.entries} == MEMBERS
    assert {one.offset for one in opened.entries if one.name == "zf/header.json"} == {2}
    code = refusal(lambda: container.require_canonical(opened, crcs()))
    assert code == ("ZIP_NOT_CANONICAL", "zf/header.json")


def test_the_end_is_looked_for_as_far_as_a_comment_can_reach() -> None:
    data = pack(MEMBERS)
    assert box(data + b"\0" * 0xFFFF).directory == entry_at(data)
    assert refusal(lambda: box(data + b"\0" * 0x10000)) == ("PKG_CORRUPT", "")


def test_of_two_ends_the_last_counts() -> None:
    one, other = pack({"zf/header.json": b"1"}), pack({"zf/header.json": b"22"})
    assert box(one + other).entries[0].size == 2


@pytest.mark.parametrize("cut", [1, 10, 22, 23, 60])
def test_a_cut_container_is_no_container(cut: int) -> None:
    assert refusal(lambda: box(pack(MEMBERS)[:-cut])) == ("PKG_CORRUPT", "")


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\5\6", b"PK\5\6" + bytes(17)])
def test_what_is_too_short_for_an_end_is_none(data: bytes) -> None:
    assert refusal(lambda: box(data)) == ("PKG_CORRUPT", "")


def test_an_end_without_members_is_a_container_of_none() -> None:
    assert box(b"PK\5\6" + bytes(18)).entries == []


def test_a_directory_said_to_begin_before_the_file_is_refused() -> None:
    data = pack(MEMBERS)
    end = data.rindex(b"PK\5\6")
    there = entry_at(data)
    assert box(changed(data, end + 16, struct.pack("<L", there))).directory == there
    wrong = changed(data, end + 16, struct.pack("<L", there + 1))
    assert refusal(lambda: box(wrong)) == ("PKG_CORRUPT", "")


@pytest.mark.parametrize(
    ("at", "new"),
    [
        (0, b"PK\1\3"),
        (28, struct.pack("<H", 60_000)),
        (30, struct.pack("<H", 60_000)),
        (32, struct.pack("<H", 60_000)),
    ],
    ids=["mark", "name", "extra", "comment"],
)
def test_an_entry_that_is_none_or_reaches_out_of_the_directory(at: int, new: bytes) -> None:
    data = pack({"zf/header.json": b"{}"})
    wrong = changed(data, entry_at(data) + at, new)
    assert refusal(lambda: box(wrong)) == ("PKG_CORRUPT", "")


def test_a_directory_with_a_rest_too_small_for_an_entry() -> None:
    data = pack({"zf/header.json": b"{}"})
    end = data.rindex(b"PK\5\6")
    length = end - entry_at(data) + 45
    longer = data[:end] + bytes(45) + changed(data[end:], 12, struct.pack("<L", length))
    assert refusal(lambda: box(longer)) == ("PKG_CORRUPT", "")


def test_extra_fields_and_comments_are_stepped_over() -> None:
    """As zipfile writes them; only the canonical form has none."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in MEMBERS.items():
            info = zipfile.ZipInfo(name)
            info.extra, info.comment = struct.pack("<HH", 0x9999, 3) + b"abc", b"a comment"
            made.writestr(info, data)
    opened = box(out.getvalue())
    assert {one.name: opened.read(one) for one in opened.entries} == MEMBERS
    assert all(one.start == one.offset + 30 + len(one.name) + 7 for one in opened.entries)


@pytest.mark.parametrize(
    ("at", "new"),
    [(0, b"PK\3\5"), (28, struct.pack("<H", 60_000)), (26, struct.pack("<H", 60_000))],
    ids=["mark", "extra", "name"],
)
def test_a_member_whose_own_header_is_none_or_reaches_past_the_file(at: int, new: bytes) -> None:
    assert refusal(lambda: box(changed(pack(MEMBERS), at, new))) == ("PKG_CORRUPT", "")


def test_a_member_may_reach_to_the_end_of_the_file_and_no_further() -> None:
    data = pack({"zf/header.json": b"{}"})
    left = len(data) - 30 - len("zf/header.json")

    def told(size: int) -> bytes:
        return changed(data, entry_at(data) + 20, struct.pack("<L", size))

    assert box(told(left)).entries[0].size == left
    assert refusal(lambda: box(told(left + 1))) == ("PKG_CORRUPT", "")


@pytest.mark.parametrize("offset", [1, 0x7FFF_FFFF, 0xFFFF_FFF0])
def test_a_member_said_to_lie_elsewhere_is_not_found(offset: int) -> None:
    data = pack({"zf/header.json": b"{}"})
    wrong = changed(data, entry_at(data) + 42, struct.pack("<L", offset))
    assert refusal(lambda: box(wrong)) == ("PKG_CORRUPT", "")


@pytest.mark.parametrize(("mode", "link"), [(0o120777, True), (0o100644, False), (0o160000, False)])
def test_a_link_is_known_by_its_mode(mode: int, link: bool) -> None:
    data = pack({"zf/header.json": b"{}"})
    told = changed(data, entry_at(data) + 38, struct.pack("<L", mode << 16 | 0xFFFF))
    assert box(told).entries[0].is_link is link


def test_a_compressed_member_is_named() -> None:
    data = pack(MEMBERS)
    packed = box(changed(data, entry_at(data, 1) + 10, struct.pack("<H", 8)))
    name = container.in_order(MEMBERS)[1]
    assert refusal(lambda: container.require_stored(packed)) == ("ZIP_METHOD", name)


def entry(name: str, offset: int, start: int, size: int) -> Entry:
    return Entry(name, 0, size, offset, start, is_link=False)


def test_members_may_touch_but_not_overlap() -> None:
    def judge(*entries: Entry, directory: int = 100) -> None:
        container.require_apart(Container(io.BytesIO(), entries, directory, 200))

    judge(entry("b", 50, 60, 40), entry("a", 0, 10, 40))
    judge()
    over = ("ZIP_OVERLAP", "b")
    assert refusal(lambda: judge(entry("b", 49, 60, 1), entry("a", 0, 10, 40))) == over
    assert refusal(lambda: judge(entry("a", 0, 10, 91))) == ("ZIP_OVERLAP", "")


def test_only_the_one_spelling_is_canonical() -> None:
    data = pack(MEMBERS)
    wrong = crcs() | {"zf/bagit.txt": 1}
    assert refusal(lambda: container.require_canonical(box(data), wrong)) == (
        "ZIP_NOT_CANONICAL",
        "",
    )
    longer = box(data + b"\n")
    assert refusal(lambda: container.require_canonical(longer, crcs())) == (
        "ZIP_NOT_CANONICAL",
        "",
    )


class Claimed(io.BytesIO):
    """A file that says it is of any size, and is only asked for that."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self._size = size

    def seek(self, at: int, whence: int = 0) -> int:
        return self._size if whence == 2 else super().seek(at, whence)


def test_a_container_is_as_large_as_32_bits_tell() -> None:
    most = (4 << 30) - 1
    assert refusal(lambda: container.read_container(Claimed(most))) == ("PKG_CORRUPT", "")
    assert refusal(lambda: container.read_container(Claimed(most + 1))) == (
        "TOO_LARGE",
        "4294967296 字节",
    )


def test_a_count_or_directory_past_the_limit_is_not_read() -> None:
    def end(count: int, length: int) -> bytes:
        return b"PK\5\6" + struct.pack("<HHHHLLH", 0, 0, count, count, length, 0, 0)

    assert refusal(lambda: box(end(10_001, 0))) == ("TOO_LARGE", "10001 个文件")
    assert box(end(10_000, 0)).entries == []
    assert refusal(lambda: box(end(1, (4 << 20) + 1))) == ("TOO_LARGE", "1 个文件")
    assert refusal(lambda: box(end(1, 4 << 20))) == ("PKG_CORRUPT", "")


def repeated(count: int, *, said: int) -> bytes:
    """One member that stands in the directory so many times."""
    data = pack({"zf/header.json": b"{}"})
    first, end = entry_at(data), data.rindex(b"PK\5\6")
    entries = data[first:end] * count
    told = struct.pack("<HHLL", said, said, len(entries), first)
    return data[:first] + entries + changed(data[end:], 8, told)


def test_members_are_counted_whatever_the_end_says() -> None:
    assert len(box(repeated(10_000, said=1)).entries) == 10_000
    for data in (repeated(10_001, said=1), repeated(10_002, said=0)):
        assert refusal(partial(box, data)) == ("TOO_LARGE", "10001 个文件")
