"""Copies to a stick stand there whole or not at all (package format §1)."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from app.domain.kernel.errors import Cancelled, EnvironmentProblem
from app.domain.kernel.progress import Cancel, Step
from app.exchange.stick import copy_to_stick


@pytest.fixture
def package(tmp_path: Path) -> Path:
    path = tmp_path / "511133-00000000_to_511100_000001.zfpkg"
    path.write_bytes(os.urandom(3_000_000))
    return path


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def test_the_copy_is_read_back_and_then_appears(package: Path, stick: Path) -> None:
    steps: list[Step] = []
    target = copy_to_stick(package, stick, steps.append)
    assert target.read_bytes() == package.read_bytes()
    assert [path.name for path in stick.iterdir()] == [package.name]
    assert {step.label for step in steps} == {"拷贝", "核对拷贝"}
    assert steps[-1].done == steps[-1].total == 3_000_000


def test_copying_again_replaces_the_old_copy(package: Path, stick: Path) -> None:
    copy_to_stick(package, stick)
    package.write_bytes(b"newer")
    assert copy_to_stick(package, stick).read_bytes() == b"newer"


def test_a_cancelled_copy_leaves_nothing_on_the_stick(package: Path, stick: Path) -> None:
    cancel = Cancel()
    with pytest.raises(Cancelled):
        copy_to_stick(package, stick, lambda _: cancel.set(), cancel)
    assert list(stick.iterdir()) == []


def test_a_stick_that_is_gone_is_said_so(package: Path, stick: Path) -> None:
    stick.rmdir()
    with pytest.raises(EnvironmentProblem, match="找不到文件或文件夹"):
        copy_to_stick(package, stick)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "DISK_FULL"),
        (errno.EIO, "DISK_FAILED"),
        (errno.EROFS, "DISK_READ_ONLY"),
        (errno.ENODEV, "DISK_GONE"),
        (errno.ESTALE, "DISK_GONE"),
        (errno.EBADMSG, "DISK_FAILED"),
    ],
)
def test_what_the_system_says_becomes_a_sentence(
    package: Path, stick: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def fail(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(EnvironmentProblem) as problem:
        copy_to_stick(package, stick)
    assert problem.value.code == code
    assert problem.value.remedy.endswith("。")
    assert list(stick.iterdir()) == []


def test_a_full_device_is_told_from_a_broken_program(package: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full here")
    with pytest.raises(EnvironmentProblem):
        copy_to_stick(package, full)


def test_a_stick_that_forgets_is_found_out(
    package: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stick takes every byte and gives others back."""

    def forget(handle: int) -> None:
        os.pwrite(handle, b"worn out", 1_000_000)

    monkeypatch.setattr(os, "fsync", forget)
    with pytest.raises(EnvironmentProblem, match="与原文件不一致"):
        copy_to_stick(package, stick)
    assert list(stick.iterdir()) == []
