"""What a single element of a .docx says: how wide a cell is, whether it goes on, what it holds."""

from __future__ import annotations

from collections.abc import Iterable

from app.documents.wordforms.xml_tree import Node, figure_of

WIDEST = 500
"""Columns of a grid that are believed."""
BLOCKS = frozenset("sdt sdtContent ins moveTo customXml smartTag".split())
"""What may stand around paragraphs, rows and cells."""


def chosen_entry(begin: Node) -> str:
    """The entry that a drop-down of a form shows, "" where the field is none."""
    held = begin.first("ffData")
    listed = held.first("ddList") if held is not None else None
    if listed is None:
        return ""
    told = listed.first("result") or listed.first("default")
    entries = [one.get("val") for one in listed.all("listEntry")]
    place = figure_of(told.get("val")) if told is not None else 0
    return entries[place] if place < len(entries) else ""


def rows_or_cells(parent: Node, name: str) -> Iterable[Node]:
    """Rows of a table, cells of a row: also inside content controls and changes."""
    for node in parent.nodes:
        if node.name == name:
            yield node
        elif node.name in BLOCKS:
            yield from rows_or_cells(node, name)


def number_of(properties: Node | None, name: str) -> int:
    """A number that an element's properties tell, 0 where they do not."""
    found = properties.first(name) if properties is not None else None
    text = found.get("val") if found is not None else ""
    return min(figure_of(text), WIDEST)


def is_merged(properties: Node | None, name: str) -> bool:
    """Whether a cell goes on with the one above or before it."""
    found = properties.first(name) if properties is not None else None
    return found is not None and found.get("val", "continue") == "continue"


def has_text(node: Node) -> bool:
    """Whether there is any word in an element, deleted ones too."""
    names = ("t", "delText")
    texts = (one for name in names for found in node.all(name) for one in found.inside)
    return any(isinstance(one, str) and one.strip() for one in texts)


def joins_next(paragraph: Node) -> bool:
    """Whether the end of a paragraph was deleted, so that it goes on with the next."""
    properties = paragraph.first("pPr")
    told = properties.first("rPr") if properties is not None else None
    return told is not None and told.first("del") is not None


def ends_page(paragraph: Node) -> bool:
    """Whether a section ends with this paragraph."""
    properties = paragraph.first("pPr")
    return properties is not None and properties.first("sectPr") is not None
