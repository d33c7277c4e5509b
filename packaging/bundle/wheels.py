"""Wheels laid out as an interpreter reads them, without what `contents.py` leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile, ZipInfo

from bundle.contents import is_taken

_LIBRARY = ("purelib", "platlib")


def lay_out(system: str, wheel: Path, libraries: Path) -> None:
    """Unpack what is taken of one wheel; ValueError where a file would lie elsewhere."""
    with ZipFile(wheel) as packed:
        for entry, path in _library_files(packed):
            if not is_taken(system, path):
                continue
            target = libraries / path
            if not target.resolve().is_relative_to(libraries.resolve()):
                raise ValueError(f"{wheel.name}: {path}")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(packed.read(entry))


def _library_files(packed: ZipFile) -> Iterator[tuple[ZipInfo, str]]:
    """Its files with their paths among the libraries; scripts, headers and data have none."""
    for entry in sorted(packed.infolist(), key=lambda entry: entry.filename):
        top, _, inside = entry.filename.partition("/")
        if entry.is_dir():
            continue
        if not top.endswith(".data"):
            yield entry, entry.filename
        elif inside.startswith(_LIBRARY):
            yield entry, inside.partition("/")[2]
