"""What stands on a page for leaders: figures, tiles, pictures and tables, and of which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, by name."""

    name: str
    reached: int
    due: int

    @property
    def part(self) -> float:
        """From 0 to 1; 0 where nothing is due."""
        return min(self.reached / self.due, 1.0) if self.due else 0.0

    @property
    def percent(self) -> str:
        """33.3%, "—" where nothing is due."""
        return f"{self.reached / self.due:.1%}" if self.due else "—"


@dataclass(frozen=True, slots=True)
class Tile:
    """A unit: how far it is, and what else is to be known of it."""

    share: Share
    told: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    """A picture: a bar for each label, None where there is nothing yet.

    `line` is drawn as points joined, `part` is the darker part of each bar; `words` are what
    the bar and the other mean.
    """

    title: str
    unit: str
    labels: tuple[str, ...]
    bars: tuple[int | None, ...]
    words: tuple[str, str]
    line: tuple[int, ...] = ()
    part: tuple[int, ...] = ()

    @property
    def highest(self) -> int:
        """The highest of all that is drawn."""
        return max([*(one or 0 for one in self.bars), *self.line], default=0)


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table under its title; the first `sums` of its rows are sums, `texts` columns of words.

    A title may have two lines.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sums: int = 0
    note: str = ""
    texts: tuple[int, ...] = (0,)


@dataclass(frozen=True, slots=True)
class PageContent:
    """A page; `basis` says from what it was made, `tiles_title` what the tiles show."""

    title: str
    office: str
    as_of: date
    basis: str
    figures: tuple[Share, ...] = ()
    tiles_title: str = ""
    tiles: tuple[Tile, ...] = ()
    pictures: tuple[Bars, ...] = ()
    tables: tuple[PageTable, ...] = ()
    note: str = ""
