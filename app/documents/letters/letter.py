"""What stands in an official letter (公文), however it is written: PDF, .docx, read back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: level 1 (一、), 2 (（一）) or 3 (1.)."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the text; one not `written` says what a person has to write there."""

    text: str
    written: bool = True


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its title, its share of the width, 0 left, 0.5 centred, 1 right."""

    title: str
    share: float = 1
    align: float = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """A table under its caption."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Masthead:
    """报头 of 简报: its name in red, the issue, who edits it, the day; a red rule below."""

    name: str
    number: str
    editor: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter: its title, to whom it goes (with its colon), its text, who signs and the day.

    `signer` and `day` make the 落款; without a day there is room to write one. 简报 has a
    `masthead` in the place of the title, and a `colophon` (版记) at the foot of its last page.
    """

    title: str
    blocks: tuple[Block, ...]
    addressee: str = ""
    signer: str = ""
    day: date | None = None
    masthead: Masthead | None = None
    colophon: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What it is called: its title; of 简报 its name and issue."""
        head = self.masthead
        return f"{head.name}{head.number}" if head is not None else self.title

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every text with the place it stands at."""
        yield "标题", self.title + self.addressee
        yield "落款", self.signer
        if self.masthead is not None:
            yield "报头", self.masthead.name + self.masthead.number + self.masthead.editor
        yield from (("版记", line) for line in self.colophon)
        for block in self.blocks:
            if isinstance(block, Grid):
                yield block.caption, block.caption + "".join(one.title for one in block.columns)
                yield from ((block.caption, "".join(row)) for row in block.rows)
            else:
                yield "正文", block.text


def to_write(words: str) -> Paragraph:
    """A place that a person still has to fill: 〔请补写：…〕."""
    return Paragraph(f"〔请补写：{words}〕", written=False)
