"""What a file is that somebody brought, and the place of the program where it belongs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from app.domain.kernel.errors import Problem
from app.domain.kernel.progress import Cancel
from app.exchange.envelope import Header
from app.exchange.kinds import WORDS
from app.exchange.packagereader import Inspection, inspect_package
from app.exchange.refusal import Refused
from app.exchange.updates import SUFFIX
from app.services.office.office import Office
from app.services.receiving import first_trust
from app.services.receiving.find_packages import packages_in
from app.services.records.units import superiors
from database.log import packages

UP = ("submission", "urgent", "enrol")
"""The kinds that come from offices below; a submission also from our own other PC."""


@dataclass(frozen=True, slots=True)
class Brought:
    """One file: what it is in words, and the place to open, empty where there is none."""

    path: Path
    what: str
    place: str = ""


def look_at(
    office: Office, paths: Iterable[Path], *, cancel: Cancel | None = None
) -> list[Brought]:
    """What each file is; folders are looked into. A file that is no package belongs nowhere.

    Raises `UserError` TOO_MANY_FILES, `Cancelled`.
    """
    return [_look(office, path, cancel) for path, _ in packages_in(paths, cancel=cancel)]


def _look(office: Office, path: Path, cancel: Cancel | None) -> Brought:
    if path.suffix.lower() == SUFFIX:
        return Brought(path, "更新文件", "settings")
    try:
        seen = inspect_package(path, cancel=cancel)
    except Refused as refusal:
        if _is_package(path):
            return Brought(path, refusal.what.rstrip("。"), "submit" if _below(office) else "inbox")
        return Brought(path, "不是报送文件")
    except Problem as problem:
        return Brought(path, problem.what.rstrip("。"))
    known = _is_known(office, seen)
    return Brought(path, WORDS[seen.header.kind], _place(office, seen.header, known=known))


def _is_known(office: Office, seen: Inspection) -> bool:
    """Whether it was received before, as the 启用包 that comes with every answer until it is."""
    with office.store.read() as connection:
        return bool(packages.find(connection, direction="in", tip=seen.tip))


def _is_package(path: Path) -> bool:
    return path.suffix.lower() == ".zfpkg"


def _below(office: Office) -> bool:
    """Whether this office has nobody below it, and so nothing but answers comes."""
    return office.identity.role == "township"


def _place(office: Office, header: Header, *, known: bool) -> str:
    """Up goes to 收件, down to 报送; a 启用包 and what restores a PC to 设置."""
    here = office.identity.station
    by_code = header.kind == "reference" and not header.recipients
    if header.kind == "restore" or (by_code and not known):
        return "settings"
    if header.kind in UP and header.station != here and not _below(office):
        return "inbox"
    with office.store.read() as connection:
        above = (office.identity.city, *superiors(connection, here))
    if office.is_city and header.kind in ("trust", "reference"):
        return "settings"
    if header.kind == "trust" and first_trust.is_first(office):
        return "settings"
    from_above = header.station in above and header.kind not in UP
    return "submit" if from_above or header.station == here else "inbox"
