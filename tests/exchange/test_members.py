"""Names of members, the manifests that list them, and what each kind of package holds (§1, §7)."""

from __future__ import annotations

import pytest

from app.exchange import kinds, manifest, names
from tests.exchange.offices import uuid4
from tests.exchange.refusals import refusal, refusal_if_any

A, B = "0a" * 32, "0b" * 32


def test_a_manifest_has_a_line_for_each_file_in_order() -> None:
    raw = manifest.write({"data/b": B, "data/a": A})
    assert raw == f"{A}  data/a\n{B}  data/b\n".encode()
    assert manifest.parse(raw) == {"data/a": A, "data/b": B}
    assert list(manifest.parse(raw)) == ["data/a", "data/b"]
    assert manifest.parse(b"") == {}


def test_bag_info_names_the_package_and_its_size() -> None:
    assert manifest.bag_info("zf-x", "10.2") == b"External-Identifier: zf-x\nPayload-Oxum: 10.2\n"


LINE = f"{A}  data/a\n".encode()


@pytest.mark.parametrize(
    "raw",
    [
        LINE[:-1],
        LINE + b"\n",
        LINE + b"x",
        b"\n" + LINE,
        LINE + LINE,
        f"{B}  data/b\n".encode() + LINE,
        LINE.replace(b"  ", b" "),
        LINE.replace(b"\n", b"\r\n"),
        LINE.upper(),
        LINE.replace(b"0a", b"0g", 1),
        LINE.replace(b"data/a", b"data/ a"),
        LINE.replace(b"data/a", "文件".encode()),
        LINE.replace(b"data/a", b"x" * 201),
    ],
)
def test_a_manifest_has_one_spelling(raw: bytes) -> None:
    assert refusal(lambda: manifest.parse(raw)) == ("PKG_CORRUPT", "清单")


def test_what_is_absent_is_said_before_what_is_too_much_and_the_first_is_named() -> None:
    manifest.require_same(["b", "a"], ["a", "b"])
    assert refusal(lambda: manifest.require_same(["c", "b"], ["a"])) == ("MISSING_MEMBER", "b")
    assert refusal(lambda: manifest.require_same([], ["c", "b"])) == ("EXTRA_MEMBER", "b")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("zf/data/index.json.age", True),
        ("a-b_c.D9", True),
        ("x" * 200, True),
        ("x" * 201, False),
        ("", False),
        ("a//b", False),
        ("/a", False),
        ("a/", False),
        ("a/.b", False),
        ("a./b", False),
        ("../a", False),
        ("con", False),
        ("a/PRN.txt", False),
        ("com9", False),
        ("com10", True),
        ("console", True),
        ("lpt0.x.y", False),
        ("xaux", True),
        ("a\\b", False),
        ("a:b", False),
        ("a\n", False),
    ],
)
def test_a_safe_name_unpacks_anywhere(name: str, safe: bool) -> None:
    assert names.is_safe(name) is safe


def test_the_first_unsafe_name_is_told_and_no_more_than_a_line_of_it() -> None:
    names.check_members(["zf/a", "zf/b"])
    assert refusal(lambda: names.check_members(["a", "A", "b c"])) == ("PATH_UNSAFE", "b c")
    long = "y" * 300
    assert refusal(lambda: names.check_members([long])) == ("PATH_UNSAFE", "y" * 200)
    assert refusal(lambda: names.check_members(["zf/Ab", "zf/x", "zf/aB"])) == (
        "PATH_DUP",
        "zf/aB",
    )


@pytest.mark.parametrize(
    ("members", "roots"),
    [
        (["b/1", "a/2", "c/3"], "a、b、c"),
        (["a/1", "a"], "、a"),
        (["/a"], ""),
        ([], ""),
        ([f"{letter}/x" for letter in "gfedcba"], "a、b、c、d、e"),
    ],
)
def test_everything_lies_in_one_folder(members: list[str], roots: str) -> None:
    assert refusal(lambda: names.single_root(members)) == ("ROOT", roots)


def test_the_one_folder_is_told() -> None:
    assert names.single_root(["zf/a", "zf/b/c"]) == "zf"


def test_names_of_packages() -> None:
    assert names.package_id("w", 7, "tail") == "zf-w-000007-tail"
    assert names.package_id("w", 1234567, "t") == "zf-w-1234567-t"
    assert names.file_name("w", "all", 7) == "w_to_all_000007.zfpkg"


INDEX, RECORDS, SCAN = kinds.INDEX, kinds.records_path(0), kinds.scan_path(uuid4(1))
SIGNERS = kinds.ALLOWED_SIGNERS


def version(number: int, *more: str) -> list[str]:
    return [kinds.trust_path(number, end) for end in ("", ".sshsig", *more)]


def test_paths_of_the_payload() -> None:
    assert RECORDS == "data/records-000.jsonl.zst.age"
    assert kinds.scan_path(uuid4(1)) == f"data/att/{uuid4(1)}.age"
    assert version(12, ".new.sshsig") == [
        "data/trust/000012.json",
        "data/trust/000012.json.sshsig",
        "data/trust/000012.json.new.sshsig",
    ]


def test_record_files_and_scans_are_told_apart_and_in_order() -> None:
    paths = [SCAN, kinds.records_path(10), INDEX, kinds.records_path(2), "data/records-1.jsonl"]
    assert kinds.record_files(paths) == [kinds.records_path(2), kinds.records_path(10)]
    other = kinds.scan_path(uuid4(0))
    assert kinds.scan_files([SCAN, RECORDS, other]) == [other, SCAN]


@pytest.mark.parametrize("kind", kinds.CARRIES)
def test_every_kind_has_an_index_and_a_record_file(kind: str) -> None:
    kinds.require_payload(kind, [INDEX, RECORDS, kinds.records_path(1)])
    assert refusal(lambda: kinds.require_payload(kind, [RECORDS])) == ("MISSING_MEMBER", INDEX)
    assert refusal(lambda: kinds.require_payload(kind, [INDEX])) == ("MISSING_MEMBER", RECORDS)
    gap = [INDEX, RECORDS, kinds.records_path(2)]
    assert refusal(lambda: kinds.require_payload(kind, gap)) == (
        "MISSING_MEMBER",
        kinds.records_path(1),
    )
    strays = [INDEX, RECORDS, "data/z", "data/y"]
    assert refusal(lambda: kinds.require_payload(kind, strays)) == ("EXTRA_MEMBER", "data/y")
    expected = None if kinds.CARRIES[kind].scans else ("EXTRA_MEMBER", SCAN)
    assert refusal_if_any(lambda: kinds.require_payload(kind, [INDEX, RECORDS, SCAN])) == expected


def test_who_may_send_what_and_with_scans() -> None:
    assert {kind for kind, one in kinds.CARRIES.items() if one.scans} == {
        "submission",
        "urgent",
        "restore",
    }
    assert {kind for kind, one in kinds.CARRIES.items() if one.city_only} == {
        "reference",
        "restore",
    }
    assert kinds.CARRIES["enrol"].types == {"enrol"}
    assert kinds.WORDS.keys() == kinds.CARRIES.keys() | {"trust"}


def test_a_trust_package_has_every_version_from_the_first_on() -> None:
    kinds.require_payload("trust", [SIGNERS, *version(1), *version(2, ".new.sshsig")])


@pytest.mark.parametrize(
    ("paths", "found"),
    [
        ([SIGNERS], ("MISSING_MEMBER", kinds.trust_path(1))),
        (version(1), ("MISSING_MEMBER", SIGNERS)),
        ([SIGNERS, *version(2)], ("MISSING_MEMBER", kinds.trust_path(1))),
        ([SIGNERS, *version(1), *version(3)], ("MISSING_MEMBER", kinds.trust_path(2))),
        ([SIGNERS, *version(1)[:1]], ("MISSING_MEMBER", kinds.trust_path(1, ".sshsig"))),
        ([SIGNERS, *version(1), "data/trust/x"], ("EXTRA_MEMBER", "data/trust/x")),
        ([SIGNERS, *version(1), INDEX], ("EXTRA_MEMBER", INDEX)),
    ],
)
def test_a_trust_package_lacks_nothing_and_has_nothing_else(
    paths: list[str], found: tuple[str, str]
) -> None:
    assert refusal(lambda: kinds.require_payload("trust", paths)) == found


def test_a_version_number_far_off_is_not_answered_with_a_million_names() -> None:
    assert kinds.trust_required([]) == {SIGNERS, *version(1)}
    far = [*version(1), *version(999_999)]
    assert kinds.trust_required(far) == {SIGNERS, *(p for n in range(1, 6) for p in version(n))}
    assert kinds.trust_required(["x", *version(1), *version(2)]) == {
        SIGNERS,
        *version(1),
        *version(2),
    }


@pytest.mark.parametrize(
    ("kind", "octets", "named"),
    [
        ("enrol", 65_536, None),
        ("enrol", 65_537, "enrol：65537 字节"),
        ("trust", 64 << 20, None),
        ("trust", (64 << 20) + 1, "trust：67108865 字节"),
        ("submission", 1 << 40, None),
        (["trust"], 1 << 40, None),
        (None, 1 << 40, None),
    ],
)
def test_what_anybody_may_send_is_small(kind: object, octets: int, named: str | None) -> None:
    expected = ("TOO_LARGE", named) if named else None
    assert refusal_if_any(lambda: kinds.require_size(kind, octets)) == expected
