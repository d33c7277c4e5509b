"""关于: what the program is made of, under which licences, and a report without personal data."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from app import __version__
from app.exchange.files import appearing, words_for
from app.services.office.faults import log_file
from app.services.office.office import Office
from app.services.office.server_place import protection
from database.store.engine_version import engine_version

RESOURCES = Path(__file__).resolve().parents[3] / "resources"
_PROGRAM = "zoufang"
_TEXTS = re.compile(r"(^|/)(licen[cs]es?/|licen[cs]e|copying|notice)[^/]*$", re.IGNORECASE)
_NOT_TEXTS = re.compile(r"\.(py|pyc|pyi)$")
_NAME = re.compile(r"^[\w.-]+")
_LAST_FAULTS = 20_000
"""Characters of the log that go into a report."""


@dataclass(frozen=True, slots=True)
class Part:
    """Something the program is made of or comes with; `texts` are files with its licence."""

    name: str
    version: str
    licence: str
    texts: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class About:
    """The parts, and versions by name: 程序, Python, SQLite, SQLCipher; what protects the data."""

    versions: Mapping[str, str]
    protection: str
    folder: Path
    parts: tuple[Part, ...]


_BESIDE = (
    ("Python", platform.python_version(), "PSF-2.0", ("licences/Python.txt",)),
    ("Noto Sans SC", "", "OFL-1.1", ("fonts/OFL-NotoSansSC.txt",)),
    ("Noto Serif SC", "", "OFL-1.1", ("fonts/OFL-NotoSerifSC.txt",)),
    ("Phosphor Icons", "", "MIT", ("icons/LICENSE-Phosphor.txt",)),
)
_QT = ("licences/LGPL-3.0.txt", "licences/GPL-3.0.txt")
_ADDED = {
    "pyside6_essentials": _QT,
    "shiboken6": _QT,
    "sqlcipher3": ("licences/SQLCipher.txt", "licences/Apache-2.0.txt"),
}
"""Texts that a distribution leaves out; sqlcipher3 carries SQLCipher and OpenSSL."""


def about(office: Office) -> About:
    """What 关于 shows."""
    with office.store.read() as connection:
        sqlite, cipher = engine_version(connection)
        kept = protection(connection, office.store.server)
    versions = {
        "程序": __version__,
        "Python": platform.python_version(),
        "SQLite": sqlite,
        "SQLCipher": cipher,
    }
    return About(versions, kept, office.folder.root, tuple(parts(sqlite, cipher)))


def parts(sqlite: str, cipher: str) -> Iterator[Part]:
    """The program, the libraries it needs as they are installed, and what comes beside them."""
    for one in sorted(_needed(_PROGRAM, {}).values(), key=lambda one: one.name.lower()):
        yield _part(one)
    yield Part("SQLite", sqlite, "Public Domain", ())
    yield Part("SQLCipher", cipher, "BSD-3-Clause", (RESOURCES / "licences/SQLCipher.txt",))
    for name, version, licence, texts in _BESIDE:
        yield Part(name, version, licence, tuple(RESOURCES / text for text in texts))


def licence_text(part: Part) -> str:
    """The words of its licences, one after the other."""
    texts = [text.read_text("utf-8", errors="replace").strip() for text in part.texts]
    return f"\n\n{'—' * 20}\n\n".join(texts) or part.licence


def save_report(office: Office, window: Mapping[str, str], target: Path) -> None:
    """Write versions and the places of past faults to a file, nothing from any record.

    `window` is what only the window knows. Raises `EnvironmentProblem`.
    """
    found = about(office)
    versions = {
        **found.versions,
        "系统": platform.platform(),
        "身份": office.identity.role,
        **window,
    }
    lines = [f"{name}：{value}" for name, value in versions.items()]
    text = "\n".join(["走访帮扶登记系统　报告", *lines, "", "出错记录：", _faults() or "没有"])
    with words_for(target), appearing(target) as out:
        out.write(text.encode())


def _faults() -> str:
    """The end of the log; it never held anything that was typed."""
    try:
        return log_file().read_text("utf-8", errors="replace")[-_LAST_FAULTS:].strip()
    except OSError:
        return ""


def _needed(name: str, found: dict[str, Distribution]) -> dict[str, Distribution]:
    """The distribution and all it requires, by name; what is not installed is not shipped."""
    key = name.lower().replace("-", "_").replace(".", "_")
    if key in found:
        return found
    try:
        found[key] = distribution(name)
    except PackageNotFoundError:
        return found
    for line in found[key].requires or ():
        wanted = _NAME.match(line)
        if wanted and "extra ==" not in line:
            _needed(wanted[0], found)
    return found


def _part(one: Distribution) -> Part:
    texts = [
        Path(str(one.locate_file(file)))
        for file in one.files or ()
        if _TEXTS.search(str(file)) and not _NOT_TEXTS.search(str(file))
    ]
    key = one.name.lower().replace("-", "_").replace(".", "_")
    added = [RESOURCES / text for text in _ADDED.get(key, ())]
    return Part(one.name, one.version, _licence(one), (*texts, *added))


def _licence(one: Distribution) -> str:
    """As the distribution says it: an expression, a short name, or its classifiers."""
    expression = "".join(one.metadata.get_all("License-Expression") or ())
    short = "".join(one.metadata.get_all("License") or ()).strip()
    classified = [
        line.rpartition(" :: ")[2]
        for line in one.metadata.get_all("Classifier") or ()
        if line.startswith("License ::")
    ]
    fits = short if short and "\n" not in short and len(short) < 60 else ""
    return expression or fits or "、".join(classified) or "见许可文本"
