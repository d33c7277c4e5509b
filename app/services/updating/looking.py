"""Looking at an update file (更新文件) before anything of it is used: sound, from whom, newer?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from app import __version__
from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Cancel, Progress, silent
from app.exchange import kinds
from app.exchange.keys import check_code
from app.exchange.refusal import Refused
from app.exchange.trust import Trust
from app.exchange.updates import Tree, Update, UpdateHeader, number, open_update
from app.services.office import program_versions
from app.services.office.program_versions import place
from app.services.updating.program_tree import ROOT, python_version

PUBLISHERS = ROOT / "resources" / "publishers.txt"
"""The keys of 发布方, an OpenSSH public key a line; the set-up's maker puts them in."""

Signers = Mapping[str, str]
"""Who may sign an update: the SSH public key, and who that is in words."""

_KEPT = "city-keys.txt"
_LONGEST = 64_000
_ASK = "请向发给您更新文件的人另要一份，不要使用这一份。"
_WHOLE = "请用完整的安装程序更新；数据不受影响。"


@dataclass(frozen=True, slots=True)
class Offer:
    """An update that may be installed: its header, its size in bytes, and who answers for it."""

    header: UpdateHeader
    size: int
    from_whom: str
    code: str
    """核对码 of the key that signed."""


@contextmanager
def sound(
    path: Path, signers: Signers, progress: Progress = silent, cancel: Cancel | None = None
) -> Iterator[tuple[Update, Offer]]:
    """An update file that is sound and signed by one who may, for whatever version.

    Raises `UserError` UPDATE_UNSOUND, UPDATE_STRANGER, `EnvironmentProblem`, `Cancelled`.
    """
    try:
        with open_update(path, progress, cancel) as update:
            yield update, _offer(update, signers)
    except Refused as refusal:
        raise UserError(
            "UPDATE_UNSOUND",
            "更新文件不能用，程序没有改动。",
            why=f"{refusal.what}{refusal.why}",
            remedy=_ASK,
        ) from refusal


@contextmanager
def checked(
    path: Path, signers: Signers, progress: Progress = silent, cancel: Cancel | None = None
) -> Iterator[tuple[Update, Offer]]:
    """As `sound`, of a version that is newer than this one and fits what is installed.

    Raises besides `UserError` UPDATE_OLDER, UPDATE_FAILED_BEFORE, UPDATE_NEEDS_SETUP.
    """
    with sound(path, signers, progress, cancel) as (update, offer):
        _require_newer(update.header.version)
        _require_fitting(update)
        yield update, offer


def look(
    path: Path, signers: Signers, progress: Progress = silent, cancel: Cancel | None = None
) -> Offer:
    """What an update file offers; raises as `checked`."""
    with checked(path, signers, progress, cancel) as (_, offer):
        return offer


def publishers() -> Collection[str]:
    """The keys of 发布方 that this program knows."""
    return _keys_in(PUBLISHERS)


def signers(trust: Trust | None) -> Signers:
    """发布方, and the computers of the city that are in use."""
    cities = [one for one in trust.document.writers if one.role == kinds.CITY] if trust else []
    return {
        **{one.signing_key: f"市总工会的电脑{one.writer}" for one in cities if one.in_use},
        **dict.fromkeys(publishers(), "本系统的发布方"),
    }


def kept_signers() -> Signers:
    """As `signers`, when no data is open: as they were when this person had it open last."""
    kept = dict.fromkeys(_keys_in(place() / _KEPT), "市总工会")
    return {**kept, **dict.fromkeys(publishers(), "本系统的发布方")}


def keep_signers(trust: Trust | None) -> None:
    """Keep the city's keys for `kept_signers`, in the person's own folder."""
    keys = sorted(signers(trust).keys() - publishers())
    with suppress(OSError):
        if keys != sorted(_keys_in(place() / _KEPT)):
            place().mkdir(parents=True, exist_ok=True, mode=0o700)
            (place() / _KEPT).write_text("".join(f"{key}\n" for key in keys), "ascii")


def _keys_in(path: Path) -> Collection[str]:
    try:
        with path.open("r", encoding="utf-8") as file:
            lines = file.read(_LONGEST).splitlines()
    except (OSError, ValueError):
        return ()
    return {" ".join(line.split()[:2]) for line in lines if line.startswith("ssh-")}


def _offer(update: Update, signers: Signers) -> Offer:
    code = check_code(update.signer)
    from_whom = signers.get(update.signer.text)
    if from_whom is None:
        raise UserError(
            "UPDATE_STRANGER",
            "更新文件不是发布方或市总工会签的，不能使用。",
            why=f"签名的核对码：{code}。",
            remedy=_ASK,
        )
    return Offer(update.header, update.size, from_whom, code)


def _require_newer(offered: str) -> None:
    if number(offered) <= number(__version__):
        raise UserError(
            "UPDATE_OLDER",
            f"更新文件是{offered}，现在的程序已经是{__version__}。",
            remedy="不需要再做什么。",
        )
    if offered in program_versions.read().failed:
        raise UserError(
            "UPDATE_FAILED_BEFORE",
            f"版本{offered}在这台电脑上试过，没能启动。",
            remedy="请等下一个版本，或用完整的安装程序更新。",
        )


def _require_fitting(update: Update) -> None:
    wanted = update.header
    other = next(
        (
            f"{name} {needed}"
            for name, needed in wanted.libraries.items()
            if _installed(name) != needed
        ),
        "" if wanted.python == python_version() else f"Python {wanted.python}",
    )
    if other:
        raise UserError(
            "UPDATE_NEEDS_SETUP",
            f"版本{wanted.version}还需要这台电脑上没有的部件，不能只用更新文件。",
            why=f"缺少{other}。",
            remedy=_WHOLE,
        )
    if absent := missing_files(update.tree, update.carried):
        raise UserError(
            "UPDATE_NEEDS_SETUP",
            f"版本{wanted.version}要用的文件这台电脑上不全，不能只用更新文件。",
            why=f"缺少{len(absent)}个文件，如{min(absent)}。",
            remedy=_WHOLE,
        )


def missing_files(tree: Tree, carried: frozenset[str]) -> Mapping[str, Path]:
    """The files of the tree that neither lie in the update nor, by their size, in this program."""
    return {
        path: ROOT / path
        for path, piece in tree.items()
        if piece.sha256 not in carried and not _has(ROOT / path, piece.size)
    }


def _has(path: Path, size: int) -> bool:
    return path.is_file() and path.stat().st_size == size


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
