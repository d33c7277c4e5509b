"""Limits hold whatever the sender says (package format §7, Limits), and nothing is unpacked."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.exchange import container, header, kinds, names
from app.exchange.packagereader import inspect_package
from app.exchange.refusal import Refused
from tests.exchange.forge import Forgery, pack
from tests.exchange.spoil import Desk


def code_of(path: Path) -> str:
    with pytest.raises(Refused) as refused:
        inspect_package(path)
    return refused.value.code


def test_more_than_ten_thousand_members(tmp_path: Path) -> None:
    path = tmp_path / "many.zfpkg"
    path.write_bytes(pack({f"../{number}": b"" for number in range(10_001)}))
    assert code_of(path) == "TOO_LARGE"
    path.write_bytes(pack({f"../{number}": b"" for number in range(10_000)}))
    assert code_of(path) == "PATH_UNSAFE"


def test_a_member_over_500_000_000_bytes(tmp_path: Path) -> None:
    """The file has a hole where the member would be, so it costs no disk."""
    forgery = Forgery.of(Desk(tmp_path).sealed())
    members = {f"{forgery.root}/{path}": data for path, data in forgery.members.items()}
    big = f"{forgery.root}/{kinds.records_path(1)}"
    listed = [container.Member(name, len(data), 0) for name, data in members.items()]
    huge = container.Member(big, 500_000_001, 0)
    with (tmp_path / "big.zfpkg").open("wb") as out:
        for one in listed:
            out.write(container.local_header(one) + members[one.name])
        out.write(container.local_header(huge))
        out.seek(huge.size, 1)
        out.write(container.directory([*listed, huge]))
    assert code_of(tmp_path / "big.zfpkg") == "TOO_LARGE"


def test_names_are_judged_whole() -> None:
    assert names.is_safe("zf-511133-3fa9c2d1-000001-00000000/data/index.json.age")
    for bad in (
        "a/../b",
        "/a",
        "a//b",
        "a/",
        "a.",
        ".a",
        "a b",
        "文件",
        "a" * 201,
        "aux.age",
        "x/nul",
    ):
        assert not names.is_safe(bad), bad


def test_a_suite_of_the_trust_document_that_is_not_built_yet() -> None:
    with pytest.raises(Refused) as refused:
        header.require_suite({"suite": "gm-1"}, ("std-1", "gm-1"))
    assert refused.value.code == "VERSION_TOO_NEW"


def test_the_name_on_the_stick() -> None:
    assert (
        names.file_name("511133-3fa9c2d1", "511100", 123)
        == "511133-3fa9c2d1_to_511100_000123.zfpkg"
    )


def test_every_byte_of_the_metadata_counts(tmp_path: Path) -> None:
    """A bit of every third byte of a small package's headers and directory, one at a time."""
    forgery = Desk(tmp_path).forgery(lines=[])
    data = forgery.zip()
    payload = sum(map(len, forgery.members.values()))
    directory = data.index(b"PK\1\2")
    headers = [at for at in range(directory) if data.startswith(b"PK\3\4", at)]
    places = [at + step for at in headers for step in range(30)] + list(range(directory, len(data)))
    assert len(places) < len(data) - payload
    path = tmp_path / "bit.zfpkg"
    for number, at in enumerate(places[::3]):
        changed = bytearray(data)
        changed[at] ^= 1 << number % 8
        path.write_bytes(changed)
        assert code_of(path)
