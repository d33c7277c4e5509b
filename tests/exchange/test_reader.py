"""An open package: what it says of itself, how far the work is, where it stops (§5, §7)."""

from __future__ import annotations

import errno
import io
import sys
from pathlib import Path
from typing import Any

import pytest

from app.domain.kernel.errors import Cancelled, EnvironmentProblem
from app.domain.kernel.progress import Cancel, Step
from app.exchange import kinds, packagereader
from app.exchange.packagereader import (
    Inspection,
    Package,
    inspect_package,
    open_package,
    verify_package,
)
from app.exchange.records import Good
from app.exchange.refusal import Parked, Refused
from tests.exchange import hostile, offices, spoil
from tests.exchange.attacks import Nowhere
from tests.exchange.forge import RECORDS, Forgery
from tests.exchange.offices import CITY_PC, COUNTY_PC, NEW_ROOT, STRANGER
from tests.exchange.refusals import refusal
from tests.exchange.spoil import Desk

TRUST = offices.first_trust()
PHOTO = "签领表.jpg"


def opened(path: Path) -> Package:
    return open_package(path, trust=TRUST, identities=[CITY_PC.secret])


def test_what_is_seen_from_outside(tmp_path: Path) -> None:
    path = Desk(tmp_path).sealed()
    size = path.stat().st_size
    with opened(path) as package:
        key = COUNTY_PC.key.public
        seen = Inspection(package.header, package.tip, key, size)
        assert (package.path, package.signer, package.size) == (path, key, size)
        assert package.writer == TRUST.writer(COUNTY_PC.writer)
        assert package.new_trust is None
    assert inspect_package(path) == seen
    known = Inspection(seen.header, seen.tip, key, size, TRUST.writer(COUNTY_PC.writer))
    assert verify_package(path, TRUST) == known


def test_a_file_that_is_gone_is_named_by_every_way_in(tmp_path: Path) -> None:
    gone = tmp_path / "p.zfpkg"
    for way in (
        lambda: inspect_package(gone),
        lambda: verify_package(gone, TRUST),
        lambda: opened(gone),
    ):
        with pytest.raises(EnvironmentProblem) as problem:
            way()
        assert (problem.value.code, problem.value.why) == ("FILE_GONE", "文件：p.zfpkg。")


class Full:
    """A disk without space."""

    def write(self, data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("size", [1, 7, 65_536, 65_537, 200_000])
def test_a_full_disk_is_said_and_no_scan_is_set_aside_for_it(tmp_path: Path, size: int) -> None:
    path = Desk(tmp_path).sealed(attachments=[offices.scan(bytes(size))])
    with opened(path) as package:
        with pytest.raises(EnvironmentProblem) as problem:
            package.attachments()[0].copy_to(Full())
        assert (problem.value.code, problem.value.why) == ("DISK_FULL", f"文件：{path.name}。")


def test_how_far_the_work_is_is_told_step_by_step(tmp_path: Path) -> None:
    lines = [offices.revision(number) for number in range(1, 4)]
    path = Desk(tmp_path).sealed(lines=lines)
    steps: list[Step] = []
    with opened(path) as package:
        package.decrypt(steps.append)
        assert steps == [Step("解密记录", 0, 1)]
        assert len(list(package.lines(progress=steps.append))) == 3
        assert steps[1:] == [Step("读取记录", 0, 3)]


def test_a_closed_package_holds_no_file(tmp_path: Path) -> None:
    package = opened(Desk(tmp_path).sealed())
    package.close()
    with pytest.raises(ValueError, match="closed"):
        package.attachments()[0].copy_to(Nowhere())


def test_deciphered_records_are_kept_up_to_a_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Desk(tmp_path).sealed()
    size = len(Forgery.of(path).members[RECORDS])
    for most, kept in ((size, True), (size - 1, False)):
        monkeypatch.setattr(packagereader, "_KEPT", most)
        with opened(path) as package:
            steps: list[Step] = []
            package.decrypt(steps.append)
            assert bool(steps) is kept
            package.close()
            if kept:
                assert len(list(package.lines())) == 3
            else:
                with pytest.raises(ValueError, match="closed"):
                    list(package.lines())


def test_a_trust_package_has_nothing_to_decipher(tmp_path: Path) -> None:
    path = offices.write(tmp_path, "t.zfpkg", Desk(tmp_path).trust(TRUST).zip())
    steps: list[Step] = []
    with open_package(path, trust=None) as package:
        package.decrypt(steps.append)
        assert (steps, list(package.lines()), package.attachments()) == ([], [], [])


def test_what_is_refused_while_reading_says_whose_package_it_was(tmp_path: Path) -> None:
    data = spoil.records(Desk(tmp_path), b"", frame=b"junk junk")
    package = opened(offices.write(tmp_path, "p.zfpkg", data))
    with pytest.raises(Refused) as refused:
        list(package.lines())
    assert (refused.value.header, refused.value.tip) == (package.header, package.tip)
    stranger = Forgery.of(package.path).put(RECORDS, b"", (STRANGER.age,)).whole()
    package.close()
    with opened(offices.write(tmp_path, "q.zfpkg", stranger)) as other:
        with pytest.raises(Refused) as refused:
            other.decrypt()
        assert (refused.value.code, refused.value.header) == ("NOT_FOR_US", other.header)


def test_every_part_of_the_reading_can_be_stopped(tmp_path: Path) -> None:
    path = Desk(tmp_path).sealed()
    cancel = Cancel()
    with opened(path) as package:
        cancel.set()
        for work in (
            lambda: package.decrypt(cancel=cancel),
            lambda: list(package.lines(cancel=cancel)),
            lambda: package.attachments()[0].copy_to(Nowhere(), cancel),
            lambda: package.unseal(RECORDS, io.BytesIO(), cancel),
            lambda: inspect_package(path, cancel=cancel),
            lambda: verify_package(path, TRUST, cancel=cancel),
        ):
            with pytest.raises(Cancelled):
                work()
        package.decrypt()
        with pytest.raises(Cancelled):
            list(package.lines(cancel=cancel))


class Stopping(Cancel):
    """取消 pressed just before the job asks for it the n-th time."""

    def __init__(self, asked: int = 1_000_000) -> None:
        super().__init__()
        self.asked = 0
        self._at = asked

    def check(self) -> None:
        self.asked += 1
        if self.asked == self._at:
            self.set()
        super().check()


def test_a_chain_of_versions_can_be_stopped_up_to_the_last(tmp_path: Path) -> None:
    path = offices.write(tmp_path, "t.zfpkg", Desk(tmp_path).trust(spoil.second_trust()).zip())
    patient = Stopping()
    with open_package(path, trust=TRUST, cancel=patient):
        pass
    for asked in (patient.asked, patient.asked - 1, patient.asked - 2):
        with pytest.raises(Cancelled):
            open_package(path, trust=TRUST, cancel=Stopping(asked))


def test_a_chain_becomes_the_new_trust_of_whoever_opens_it(tmp_path: Path) -> None:
    path = offices.write(tmp_path, "t.zfpkg", Desk(tmp_path).trust(spoil.second_trust()).zip())
    for known in (None, TRUST, spoil.second_trust()):
        with open_package(path, trust=known) as package:
            assert package.new_trust == spoil.second_trust()
            assert package.new_trust.root == NEW_ROOT.key.public
            assert package.writer == (known.writer(CITY_PC.writer) if known else None)


def test_a_version_and_a_signature_may_be_so_large_and_no_larger(tmp_path: Path) -> None:
    def open_(data: bytes) -> tuple[str, str]:
        path = offices.write(tmp_path, "t.zfpkg", data)
        return refusal(lambda: open_package(path, trust=TRUST))

    desk, signature = Desk(tmp_path), kinds.trust_path(1, ".sshsig")
    assert open_(hostile.trust_of(desk, 1, 2 << 20))[0] != "TOO_LARGE"
    more = hostile.trust_of(desk, 1, (2 << 20) + 1)
    assert open_(more) == ("TOO_LARGE", kinds.trust_path(1))
    large = spoil.trust_files(desk, lambda m: m.update({signature: b"-" * 4096}))
    assert open_(large) == ("SIG_BAD", "")


def test_a_list_for_outsiders_that_is_not_the_documents_is_refused(tmp_path: Path) -> None:
    other = spoil.trust_files(
        Desk(tmp_path), lambda m: m.update({kinds.ALLOWED_SIGNERS: m[kinds.ALLOWED_SIGNERS][1:]})
    )
    path = offices.write(tmp_path, "t.zfpkg", other)
    assert refusal(lambda: open_package(path, trust=TRUST)) == (
        "HASH_MISMATCH",
        kinds.ALLOWED_SIGNERS,
    )


def test_a_strangers_chain_is_one_only_to_who_has_a_trust_already(tmp_path: Path) -> None:
    path = offices.write(tmp_path, "t.zfpkg", spoil.another_chain(Desk(tmp_path)))
    assert refusal(lambda: open_package(path, trust=TRUST))[0] == "SIGNER_UNKNOWN"
    with open_package(path, trust=None) as package:
        assert package.new_trust is not None
        assert package.new_trust.root == STRANGER.key.public


def test_the_deciphering_of_the_index_can_be_stopped(tmp_path: Path) -> None:
    """Opening asks more often than looking from outside."""
    path = Desk(tmp_path).sealed()
    outside, inside = Stopping(), Stopping()
    inspect_package(path, cancel=outside)
    how: dict[str, Any] = {"trust": TRUST, "identities": [CITY_PC.secret]}
    with open_package(path, **how, cancel=inside):
        assert inside.asked > outside.asked
    with pytest.raises(Cancelled):
        open_package(path, **how, cancel=Stopping(inside.asked))


def test_the_deciphering_while_lines_are_read_can_be_stopped(tmp_path: Path) -> None:
    """It is asked more often than batches of lines are judged."""
    steps: list[Step] = []
    patient = Stopping()
    with opened(Desk(tmp_path).sealed()) as package:
        list(package.lines(progress=steps.append, cancel=patient))
        assert patient.asked > len(steps)
        with pytest.raises(Cancelled):
            list(package.lines(cancel=Stopping(1)))


def test_a_suite_that_the_trust_lists_but_this_version_lacks_asks_for_a_newer_one(
    tmp_path: Path,
) -> None:
    path = offices.write(tmp_path, "p.zfpkg", spoil.suite_gm(Desk(tmp_path)))
    ahead = offices.first_trust(suites=("std-1", "gm-1"))
    newer = ("VERSION_TOO_NEW", "gm-1")
    assert refusal(lambda: open_package(path, trust=ahead)) == newer
    assert refusal(lambda: verify_package(path, ahead)) == newer
    assert refusal(lambda: verify_package(path, TRUST)) == ("SUITE_NOT_ALLOWED", "gm-1")


def test_a_scan_that_is_not_what_the_index_says_is_set_aside_with_its_name(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    forgery = desk.forgery()
    [path] = [
        path for path, facts in forgery.index()["files"].items() if facts.get("name") == PHOTO
    ]
    digest = forgery.index()["files"][path]["sha256"]
    for plain, reason in (
        (b"photo 9", "扫描件的内容与它的校验值不一致"),
        (b"photo", "扫描件的内容与它的校验值不一致"),
        (b"photo 12", "文件超过允许的大小。"),
    ):
        data = forgery.put(path, plain).whole()
        with opened(offices.write(tmp_path, "p.zfpkg", data)) as package:
            [scan] = [one for one in package.attachments() if one.path == path]
            assert scan.copy_to(Nowhere()) == Parked(PHOTO, digest, "RECORD_INVALID", reason)


def test_scans_come_in_order_of_their_path(tmp_path: Path) -> None:
    with opened(Desk(tmp_path).sealed()) as package:
        assert package.index is not None
        scans = package.attachments()
        assert [one.path for one in scans] == kinds.scan_files(package.index.files)
        assert [one.facts for one in scans] == [package.index.files[one.path] for one in scans]
        assert all(one.package is package for one in scans)
        out = io.BytesIO()
        assert scans[0].copy_to(out) is None
        assert len(out.getvalue()) == scans[0].facts.length


def test_records_that_decipher_to_more_than_any_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Desk(tmp_path).sealed()
    frame = len(Forgery.of(path).plain(RECORDS))
    with opened(path) as package:
        monkeypatch.setattr("app.exchange.index.LARGEST_RECORDS", frame)
        assert all(isinstance(one, Good) for one in package.lines())
        monkeypatch.setattr("app.exchange.index.LARGEST_RECORDS", frame - 1)
        assert refusal(lambda: list(package.lines())) == ("TOO_LARGE", "")


def test_a_new_pc_need_not_be_enrolled_but_must_be_named_by_its_key(tmp_path: Path) -> None:
    path = Desk(tmp_path).enrol()
    with open_package(path, trust=None, identities=[CITY_PC.secret]) as package:
        assert package.writer is None
    resigned = Forgery.of(path).whole(COUNTY_PC.key)
    with pytest.raises(Refused) as refused:
        opened(offices.write(tmp_path, "e.zfpkg", resigned))
    assert (refused.value.code, refused.value.detail) == ("SIGNER_NOT_WRITER", STRANGER.writer)
    assert refused.value.header == package.header


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for the open files")
def test_a_package_refused_on_opening_holds_no_file(tmp_path: Path) -> None:
    """Windows would not let it be moved or deleted."""
    path = Desk(tmp_path).sealed(recipients=(STRANGER.age,))
    with pytest.raises(Refused) as refused:
        opened(path)
    assert refused.value.header is not None
    open_files = [one.resolve() for one in Path("/proc/self/fd").iterdir() if one.exists()]
    assert path.resolve() not in open_files
