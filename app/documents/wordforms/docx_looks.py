"""How the text of a .docx looks: hidden by itself or by its style, white, tiny, small."""

from __future__ import annotations

import re

from app.documents.wordforms.gathering import CLOCK, TINY
from app.documents.wordforms.xml_tree import Archive, Node, figure_of

_VANISH = re.compile(rb"v\0?a\0?n\0?i\0?s\0?h", re.IGNORECASE)
_NEAR_WHITE = re.compile("(?:[Ff][0-9A-Fa-f]){3}")
_OFF = frozenset({"0", "false", "off", "none"})


def hidden_styles(archive: Archive, folder: str) -> frozenset[str]:
    """The ids of styles whose text is hidden, by themselves or by what they are based on."""
    name = f"{folder}/styles.xml".lstrip("/")
    if name not in archive:
        return frozenset()
    if not _VANISH.search(archive.read(name)):
        return frozenset()
    hidden: dict[str, bool] = {}
    based: dict[str, str] = {}
    for style in archive.tree(name).all("style"):
        key = style.get("styleId")
        told = hides(style.first("rPr"))
        base = style.first("basedOn")
        if base is not None:
            based[key] = base.get("val")
        if told is not None:
            hidden[key] = told
    return frozenset(key for key in {*hidden, *based} if _is_hidden(key, hidden, based))


def _is_hidden(key: str, hidden: dict[str, bool], based: dict[str, str]) -> bool:
    for _ in range(20):
        if key in hidden:
            return hidden[key]
        if key not in based:
            return False
        key = based[key]
    return False


def hides(properties: Node | None) -> bool | None:
    """Whether run properties hide the text; None when they say nothing of it."""
    if properties is None:
        return None
    for name in ("vanish", "specVanish"):
        if properties.first(name) is not None:
            return is_on(properties, name)
    return None


def is_on(properties: Node | None, name: str) -> bool:
    """Whether run properties switch something on."""
    found = properties.first(name) if properties is not None else None
    return found is not None and found.get("val", "1").lower() not in _OFF


def is_pale(properties: Node | None) -> bool:
    """Whether nobody sees the text: white on a ground that is not told, or tiny."""
    colour = properties.first("color") if properties is not None else None
    size = properties.first("sz") if properties is not None else None
    white = colour is not None and _NEAR_WHITE.fullmatch(colour.get("val")) is not None
    return white or (size is not None and 0 < figure_of(size.get("val")) <= TINY)


def is_small(properties: Node | None) -> bool:
    """Whether the text is set above or below the line, as the figure of a note is."""
    told = properties.first("vertAlign") if properties is not None else None
    return told is not None and told.get("val") in ("superscript", "subscript")


def is_clock(code: str) -> bool:
    """Whether the code of a field says that its result changes by itself."""
    return CLOCK.match(code) is not None
