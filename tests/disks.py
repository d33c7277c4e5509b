"""Small disks and disks that can be taken away, where the machine lets a test make them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def small_disk(mount: Path, size: str) -> Iterator[Path]:
    """A disk of so many megabytes (`4m`)."""
    with _mounted(mount, ["-t", "tmpfs", "-o", f"size={size}", "tmpfs"]):
        yield mount


@contextmanager
def durable_disk(image: Path, mount: Path) -> Iterator[Path]:
    """An ext4 disk whose durable content is the file `image`, made where it is missing."""
    if not shutil.which("mkfs.ext4"):
        pytest.skip("needs mkfs.ext4")
    if not image.exists():
        with image.open("wb") as out:
            out.truncate(48 << 20)
        subprocess.run(["mkfs.ext4", "-q", str(image)], check=True)
    with _mounted(mount, ["-o", "loop", str(image)]):
        yield mount


def remount(mount: Path, option: str) -> None:
    """Make a mounted disk larger (`size=8m`) or write-protected (`ro`)."""
    subprocess.run(["mount", "-o", f"remount,{option}", str(mount)], check=True)


@contextmanager
def _mounted(mount: Path, options: Sequence[str]) -> Iterator[None]:
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("needs root to mount a disk")
    mount.mkdir(exist_ok=True)
    tried = subprocess.run(
        ["mount", *options, str(mount)], capture_output=True, text=True, check=False
    )
    if tried.returncode:
        pytest.skip(f"no such mounts here: {tried.stderr.strip()}")
    try:
        yield
    finally:
        # Lazily: a test that failed may still hold a file open.
        subprocess.run(["umount", "--lazy", str(mount)], check=True)
