"""All licences that go along, as one text file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

_TEXTS = re.compile(r"(^|/)(licen[cs]es?/|licen[cs]e|copying|notice)[^/]*$", re.IGNORECASE)
_NOT_TEXTS = re.compile(r"\.(py|pyc|json|rdf)$")
_LINE = "=" * 78


def licence_texts(program: Path, libraries: Path) -> str:
    """The program's own licence, those of `resources`, and those the libraries bring."""
    resources = program / "resources"
    own = [program / "LICENSE"]
    for pattern in ("licences/*.txt", "fonts/*.txt", "icons/*.txt"):
        own += sorted(resources.glob(pattern))
    said: dict[str, list[str]] = {}
    for name, path in [*((one.name, one) for one in own), *_of_libraries(libraries)]:
        said.setdefault(path.read_text("utf-8", errors="replace").strip(), []).append(name)
    blocks = (f"{_LINE}\n{', '.join(names)}\n{_LINE}\n\n{text}\n" for text, names in said.items())
    return "\n".join(blocks)


def _of_libraries(libraries: Path) -> Iterator[tuple[str, Path]]:
    """Each text with the name of the library that brings it."""
    for path in sorted(libraries.glob("*.dist-info/**/*")):
        inside = path.relative_to(libraries).as_posix()
        if path.is_file() and _TEXTS.search(inside) and not _NOT_TEXTS.search(inside):
            yield inside.partition(".dist-info")[0], path
