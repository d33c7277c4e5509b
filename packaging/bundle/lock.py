"""The locked libraries, read from `packaging/run.lock`."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement

from bundle.contents import NOT_USED
from bundle.targets import Target

LOCK = Path(__file__).resolve().parents[1] / "run.lock"
_HASH = re.compile(r"--hash=(sha256:[0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Pin:
    """One library in one version; `hashes` are those of all its files, for every system."""

    name: str
    version: str
    hashes: tuple[str, ...]


def pins(target: Target, lock: Path = LOCK) -> list[Pin]:
    """What the lock wants on this system and the program uses, by name."""
    found = []
    for entry in _entries(lock.read_text("utf-8")):
        wanted = Requirement(entry.partition("--hash")[0].strip())
        if wanted.name in NOT_USED:
            continue
        if wanted.marker is None or wanted.marker.evaluate(dict(target.markers)):
            (pinned,) = wanted.specifier
            found.append(Pin(wanted.name, pinned.version, tuple(_HASH.findall(entry))))
    return sorted(found, key=lambda pin: pin.name)


def download(target: Target, folder: Path) -> None:
    """Fetch the wheels of this system into `folder`, each held against its hash."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = folder / "wanted.txt"
    wanted.write_text("\n".join(_lines(pins(target))) + "\n", "utf-8")
    words = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "download"]
    words += ["--no-deps", "--only-binary=:all:", "--require-hashes", "--python-version", "3.11"]
    words += ["--implementation", "cp", "--abi", "cp311", "--abi", "abi3", "--abi", "none"]
    for platform in target.platforms:
        words += ["--platform", platform]
    subprocess.run([*words, "--requirement", wanted, "--dest", folder], check=True)


def wheel_of(pin: Pin, folder: Path) -> Path:
    """The downloaded wheel of a library; LookupError where there is none, or more than one."""
    start = f"{_key(pin.name)}-{pin.version}-"
    found = [one for one in folder.glob("*.whl") if _key(one.name).startswith(_key(start))]
    if len(found) != 1:
        raise LookupError(f"{pin.name} {pin.version}: {len(found)} wheels in {folder}")
    return found[0]


def _key(name: str) -> str:
    return name.lower().replace("-", "_").replace(".", "_")


def _lines(wanted: Iterable[Pin]) -> Iterator[str]:
    """Markers are left out: pip would ask them of the system it runs on."""
    for pin in wanted:
        yield " ".join([f"{pin.name}=={pin.version}", *(f"--hash={one}" for one in pin.hashes)])


def _entries(text: str) -> Iterator[str]:
    """Each requirement with its hashes, as one line."""
    lines = (line for line in text.splitlines() if not line.lstrip().startswith("#"))
    for entry in "\n".join(lines).replace("\\\n", " ").splitlines():
        if entry.strip():
            yield entry
