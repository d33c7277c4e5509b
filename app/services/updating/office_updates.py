"""What an office does with updates: looks, installs, goes back, and the city makes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app import __version__
from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Cancel, Progress, silent
from app.exchange.updates import SUFFIX
from app.services.office import program_versions
from app.services.office.office import Office
from app.services.packages.trust_store import is_enrolled, trust_now
from app.services.updating import (
    installing,
    looking,
    passing_down,
    program_tree,
    publishing,
)
from app.services.updating.looking import Offer, Signers
from app.services.updating.passing_down import FOLDER


@dataclass(frozen=True, slots=True)
class Standing:
    """The version that runs, what is new in it, whether one can go back, and what lies ready.

    `next_start` is the version that the next start brings, empty when it is this one; `passed_down`
    the one that goes down with the answers, if one does.
    """

    version: str
    news: Sequence[str]
    next_start: str
    may_go_back: bool
    may_make: bool
    ready: Path | None
    may_pass_down: bool
    passed_down: str


def standing(office: Office) -> Standing:
    """How the program on this computer stands."""
    passing_down.put_together(office)
    known = program_versions.read()
    ahead = known.chosen if program_versions.number(known.chosen) > _own() else ""
    return Standing(
        __version__,
        program_tree.news(__version__),
        ahead,
        known.chosen == __version__,
        office.identity.role == "city" and is_enrolled(office, trust_now(office)),
        None if ahead else ready(office.folder.root),
        office.identity.role != "township",
        passing_down.passed_down(office),
    )


def ready(data: Path) -> Path | None:
    """The newest update that lies beside the data and is newer than this program, if any."""
    found = {
        program_versions.number(path.stem.removeprefix("zoufang-")): path
        for path in (data / FOLDER).glob(f"*{SUFFIX}")
    }
    newest = max(found, default=())
    return found[newest] if newest > _own() else None


def signers_of(office: Office) -> Signers:
    """Whose updates this office takes."""
    return looking.signers(trust_now(office))


def look(
    office: Office, path: Path, progress: Progress = silent, cancel: Cancel | None = None
) -> Offer:
    """What an update file offers; raises as `looking.checked`."""
    return looking.look(path, signers_of(office), progress, cancel)


def install(
    office: Office, path: Path, progress: Progress = silent, cancel: Cancel | None = None
) -> Offer:
    """Install an update, and keep its file beside the data; raises as `looking.checked`."""
    return installing.install(
        path,
        signers_of(office),
        keep_in=office.folder.root / FOLDER,
        progress=progress,
        cancel=cancel,
    )


def make(
    office: Office,
    folder: Path,
    *,
    whole: bool = False,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Path:
    """Write an update file of this program, signed by this computer of the city.

    Raises `UserError` NOT_THE_CITY, NOT_ENROLLED, `EnvironmentProblem`, `Cancelled`.
    """
    if office.identity.role != "city":
        raise UserError(
            "NOT_THE_CITY", "更新文件由市总工会或发布方制作。", remedy="请向市总工会要更新文件。"
        )
    if not is_enrolled(office, trust_now(office)):
        raise UserError(
            "NOT_ENROLLED",
            "这台电脑还没有登记，签的更新文件别的单位不认。",
            remedy="请先办理这台电脑的登记。",
        )
    return publishing.publish(
        folder, office.signing_key, office.clock(), whole=whole, progress=progress, cancel=cancel
    )


def _own() -> tuple[int, ...]:
    return program_versions.number(__version__)
