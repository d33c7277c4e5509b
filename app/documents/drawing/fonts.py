"""The fonts on paper: which character comes from which, how wide it is, and whether one has it.

A role (正文, 标题, 黑体) names a preferred font; a character that font lacks is taken from the
next one that has it, so that a rare character in a bold heading is printed in the regular weight
rather than dropped. For a character no shipped font has a box is printed, and its place is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import TTFont

FOLDER = Path(__file__).resolve().parents[3] / "resources" / "fonts"
ENTRIES_PER_BLOCK = 100
"""The PDF standard's limit for one bfchar block of a ToUnicode map."""
BOX = "\u25a1"
"""Stands where a character is that no shipped font has."""
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)


class Role(Enum):
    """What a piece of text is for; the values are the fonts to try, best first."""

    BODY = ("NotoSerifSC-Regular", "NotoSansSC-Regular")
    TITLE = ("NotoSerifSC-Bold", "NotoSerifSC-Regular", "NotoSansSC-Regular")
    HEADING = ("NotoSansSC-Regular", "NotoSerifSC-Regular")


def unicode_map(name: str, subset: Sequence[int]) -> str:
    """The ToUnicode map of one font subset: code n stands for the character `subset[n]`.

    Characters beyond U+FFFF are written as UTF-16 pairs, without which they cannot be copied or
    found in the file. Code 0 is the missing glyph and has no entry.
    """
    entries = [
        f"<{code:02X}> <{chr(point).encode('utf-16-be').hex().upper()}>"
        for code, point in enumerate(subset)
        if point
    ]
    blocks = [
        entries[start : start + ENTRIES_PER_BLOCK]
        for start in range(0, len(entries), ENTRIES_PER_BLOCK)
    ]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    ]
    for block in blocks:
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)


class CopyableFont(TTFont):
    """A TrueType font whose text can be copied out of the PDF, whatever the character.

    The library's own ToUnicode map writes characters beyond U+FFFF with five digits, which readers
    take for others; the finished maps are replaced here before the file is written.
    """

    def addObjects(self, doc: PDFDocument) -> None:
        """Add the font's subsets to `doc`, then write their ToUnicode maps anew."""
        state = self.state[doc]
        names = [self.getSubsetInternalName(n, doc)[1:] for n in range(len(state.subsets))]
        super().addObjects(doc)
        objects: dict[str, Any] = doc.idToObject
        fonts = objects["BasicFonts"].dict
        for name, subset in zip(names, state.subsets, strict=True):
            font = fonts[name]
            objects[font.ToUnicode.name].content = unicode_map(font.BaseFont, subset)


@dataclass(frozen=True, slots=True)
class Face:
    """One registered font: its name and the advance of each character in 1/1000 of the size."""

    name: str
    widths: dict[str, float]


class _Widths(dict[str, float]):
    """Advances by character; one that is not there is as wide as `BOX`."""

    def __missing__(self, char: str) -> float:
        return self[BOX]


class Chain:
    """The fonts of one role: where each character comes from and how wide it is."""

    def __init__(self, faces: Sequence[Face]) -> None:
        self.main = faces[0].name
        self._widths = _Widths()
        self._others: dict[str, str] = {}
        for face in reversed(faces):
            self._widths.update(face.widths)
        own = faces[0].widths
        for face in reversed(faces[1:]):
            self._others.update((char, face.name) for char in face.widths if char not in own)

    def missing(self, text: str) -> set[str]:
        """The characters of `text` that no font of the chain has."""
        return {char for char in set(text) if char not in self._widths}

    def width(self, text: str, size: float) -> float:
        """How wide `text` is at `size`, in points; a character no font has is as wide as `BOX`."""
        return self.measure(size)(text)

    def measure(self, size: float) -> Callable[[str], float]:
        """The same for many texts of one size."""
        width = self._widths.__getitem__

        def measured(text: str) -> float:
            return sum(map(width, text)) * size / 1000

        return measured

    def runs(self, text: str) -> Iterator[tuple[str, str]]:
        """`text` cut where the font changes: (font name, piece)."""
        if self._others.keys().isdisjoint(text):
            yield self.main, text
            return
        for name, chars in groupby(text, lambda char: self._others.get(char, self.main)):
            yield name, "".join(chars)


class Fonts:
    """All shipped fonts, loaded once."""

    def __init__(self, chains: dict[Role, Chain]) -> None:
        self._chains = chains

    def __getitem__(self, role: Role) -> Chain:
        return self._chains[role]

    def missing_characters(self, text: str) -> str:
        """The characters of `text` that cannot be printed, each once, in order of appearance."""
        lacking = self._chains[Role.BODY].missing(_visible(text)) - {"\n"}
        return "".join(dict.fromkeys(char for char in text if char in lacking))

    def lacking(self, texts: Iterable[tuple[str, str]]) -> tuple[str, ...]:
        """Where a box will stand for a character no font has; `texts` are (where, text)."""
        found = ((where, self.missing_characters(text)) for where, text in texts)
        return tuple(dict.fromkeys(f"{where}：{_named(chars)}" for where, chars in found if chars))


def printable(text: str) -> str:
    """`text` as it can be drawn: nothing invisible, tabs as spaces, `BOX` for what no font has."""
    shown = _visible(text)
    if lacking := shipped().missing_characters(shown):
        shown = shown.translate(dict.fromkeys(map(ord, lacking), BOX))
    return shown


def _visible(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "\u3000")
    return INVISIBLE.sub("", text)


def missing_characters(text: str) -> str:
    """The characters of `text` that no shipped font has, each once."""
    return shipped().missing_characters(text)


def shipped() -> Fonts:
    """The fonts in resources/fonts; read from disk at the first call only."""
    return load(FOLDER)


@cache
def load(folder: Path) -> Fonts:
    """Read and register the fonts of `folder`."""
    names = dict.fromkeys(name for role in Role for name in role.value)
    faces = {name: _face(name, folder / f"{name}.ttf") for name in names}
    return Fonts({role: Chain([faces[name] for name in role.value]) for role in Role})


def _face(name: str, path: Path) -> Face:
    font = CopyableFont(name, str(path), asciiReadable=False, shapable=False)
    pdfmetrics.registerFont(font)
    default = font.face.defaultWidth
    known = font.face.charWidths
    return Face(name, {chr(p): known.get(p, default) for p in font.face.charToGlyph})


def _named(chars: str) -> str:
    return "、".join(f"“{char}”（U+{ord(char):04X}）" for char in chars)
