"""What a library has compiled into it, in the version that its built files tell."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

_BUILT = re.compile(r"\.(so(\.[0-9.]+)?|pyd|dll)$")
_PDFIUM = "pypdfium2_raw/version.json"


@dataclass(frozen=True, slots=True)
class Inner:
    """One project inside a library."""

    name: str
    version: str
    licence: str


_TELLS = (
    ("", "OpenSSL", "Apache-2.0", re.compile(rb"OpenSSL (\d+\.\d+\.\d+) +\d+ \w{3} \d{4}")),
    ("sqlcipher3", "SQLite", "Public Domain", re.compile(rb"(?<!\d)(3\.\d\d\.\d{1,2})\0")),
    ("sqlcipher3", "SQLCipher", "BSD-3-Clause", re.compile(rb"\0(4\.\d+\.\d+)\0")),
)
"""In which library (any: empty), what, under which licence, and how its built file tells it."""


def inside(wheel: Path) -> list[Inner]:
    """The projects inside a wheel, by name; each once in each version."""
    with ZipFile(wheel) as packed:
        return sorted(set(_found(packed)), key=lambda one: (one.name, one.version))


def _found(packed: ZipFile) -> Iterator[Inner]:
    for name in packed.namelist():
        if name == _PDFIUM:
            said = json.loads(packed.read(name))
            numbers = (said[part] for part in ("major", "minor", "build", "patch"))
            yield Inner("PDFium", ".".join(map(str, numbers)), "BSD-3-Clause")
        elif _BUILT.search(name):
            yield from _told(name, packed.read(name))


def _told(name: str, built: bytes) -> Iterator[Inner]:
    for start, project, licence, tells in _TELLS:
        if name.startswith(start):
            for version in tells.findall(built):
                yield Inner(project, version.decode(), licence)
