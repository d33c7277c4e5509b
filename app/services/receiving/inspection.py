"""What a package file is and holds, told with no data folder (package format F20)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import msgspec

from app.domain.kernel.progress import Cancel, Progress, silent
from app.exchange.enrol import read_enrol
from app.exchange.envelope import Header
from app.exchange.packagereader import (
    Attachment,
    Inspection,
    Package,
    inspect_package,
    open_package,
    verify_package,
)
from app.exchange.records import Good
from app.exchange.refusal import Parked, Refused
from app.exchange.trust import Trust

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = 1
"""The version of the verdict's own form."""


@dataclass(frozen=True, slots=True)
class Means:
    """What the reader has: a trust document, `AGE-SECRET-KEY-1…` identities, a 启用码."""

    trust: Trust | None = None
    identities: Sequence[str] = ()
    passphrase: str | None = None

    @property
    def opens(self) -> bool:
        """Whether what is sealed is to be opened."""
        return bool(self.identities) or self.passphrase is not None


class Aside(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line (its number, from 1 on) or scan (its sha256) set aside, with the code."""

    code: str
    line: int | None = None
    scan: str | None = None


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """How reading a package ended, for other programs.

    The header and tip are there once they are proven; `opened` says whether what is
    sealed was read. `lines` counts the good lines, `lines_sha256` is the sha256 of their
    h's in order, each with LF; `scans` are the sha256 of the good scans, sorted;
    `trust_version` is the newest version that a trust package carries.
    """

    format: int = FORMAT
    verdict: Literal["accepted", "held", "refused"]
    code: str | None = None
    detail: str = ""
    header: Header | None = None
    tip: str | None = None
    opened: bool = False
    lines: int = 0
    lines_sha256: str | None = None
    scans: tuple[str, ...] = ()
    aside: tuple[Aside, ...] = ()
    trust_version: int | None = None


@dataclass(frozen=True, slots=True)
class Inspected:
    """The verdict, and for people: what the outside shows and the words of a refusal."""

    verdict: Verdict
    seen: Inspection | None = None
    refused: Refused | None = None


def inspect_file(
    path: Path, means: Means, progress: Progress = silent, cancel: Cancel | None = None
) -> Inspected:
    """Read a package as far as the means go, and say how that ended; nothing is kept.

    Raises `EnvironmentProblem`, `Cancelled`, `UserError` KEY_UNREADABLE; a refusal is
    part of what is returned.
    """
    cancel = cancel or Cancel()
    try:
        return _read(path, means, progress, cancel)
    except Refused as refused:
        verdict = Verdict(
            verdict="held" if refused.outcome == "held" else "refused",
            code=refused.code,
            detail=refused.detail,
            header=refused.header,
            tip=refused.tip,
        )
        return Inspected(verdict, refused=refused)


def _read(path: Path, means: Means, progress: Progress, cancel: Cancel) -> Inspected:
    if not means.opens:
        seen = _outside(path, means.trust, progress, cancel)
        if seen.header.kind != "trust":
            accepted = Verdict(verdict="accepted", header=seen.header, tip=seen.tip)
            return Inspected(accepted, seen)
    with open_package(
        path,
        trust=means.trust,
        identities=means.identities,
        passphrase=means.passphrase,
        progress=progress,
        cancel=cancel,
    ) as package:
        seen = Inspection(package.header, package.tip, package.signer, package.size, package.writer)
        return Inspected(_inside(package, progress, cancel), seen)


def _outside(path: Path, trust: Trust | None, progress: Progress, cancel: Cancel) -> Inspection:
    if trust is None:
        return inspect_package(path, progress, cancel)
    return verify_package(path, trust, progress, cancel)


def _inside(package: Package, progress: Progress, cancel: Cancel) -> Verdict:
    if package.header.kind == "enrol":
        _require_request(package)
    digest = hashlib.sha256()
    lines, aside = 0, []
    for number, line in enumerate(package.lines(progress=progress, cancel=cancel), 1):
        if isinstance(line, Good):
            lines += 1
            digest.update(f"{line.h}\n".encode())
        else:
            aside.append(Aside(line.code, line=number))
    scans = sorted(package.attachments(), key=lambda one: one.facts.sha256)
    found = [(one.facts.sha256, _fault(one, cancel)) for one in scans]
    aside += [Aside(fault.code, scan=scan) for scan, fault in found if fault]
    return Verdict(
        verdict="accepted",
        header=package.header,
        tip=package.tip,
        opened=True,
        lines=lines,
        lines_sha256=digest.hexdigest(),
        scans=tuple(scan for scan, fault in found if not fault),
        aside=tuple(aside),
        trust_version=package.new_trust.version if package.new_trust else None,
    )


def _require_request(package: Package) -> None:
    """Refuse a 登记申请 that is none, saying whose it is."""
    try:
        read_enrol(package)
    except Refused as refused:
        refused.header, refused.tip = package.header, package.tip
        raise


class _Nowhere:
    """A sink that keeps nothing."""

    def write(self, data: bytes) -> int:
        return len(data)


def _fault(scan: Attachment, cancel: Cancel) -> Parked | None:
    return scan.copy_to(_Nowhere(), cancel)
