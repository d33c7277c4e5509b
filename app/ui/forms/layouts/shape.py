"""What a layout is made of, and what every form ends with.

A line of a group is one field, or a pair that always stands side by side. A text
is short for a `Cell`: the field's name and, after a space, a label shorter than
the field's own. What prints comes first, 备查内容 below a line. A field that no
layout names stands at the end of the form.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """One field in a form.

    `suggests` is the record type offered while a text is typed, `fills` the field
    that takes the key of the one picked; `opens` the record type offered so that what is
    there already is gone to instead of being made again; `wide` takes the whole width; `first` are
    the columns that a table of rows begins with.
    """

    name: str
    label: str = ""
    suggests: str = ""
    fills: str = ""
    opens: str = ""
    wide: bool = False
    first: tuple[str, ...] = ()


Line = str | Cell | tuple[str | Cell, str | Cell]


@dataclass(frozen=True, slots=True)
class Group:
    """Fields under one heading; `note` stands beside it in small letters."""

    title: str
    lines: tuple[Line, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """The groups of a form from top to bottom; without `rest` it has no other fields.

    `short` are the few lines with which a record is added from within another, none where
    it cannot be; the rest is filled in later.
    """

    groups: tuple[Group, ...]
    short: tuple[Line, ...] = ()
    rest: bool = True


BEHIND = "备查内容"
BEHIND_NOTE = "不打印，报送时一并报"


def cell(part: str | Cell) -> Cell:
    """The cell that a part of a line stands for."""
    if isinstance(part, Cell):
        return part
    name, _, label = part.partition(" ")
    return Cell(name, label)


COMMON: tuple[Line, ...] = ("unit", "number", "attachments", Cell("remarks", wide=True))
"""What every record has; it ends each form."""
