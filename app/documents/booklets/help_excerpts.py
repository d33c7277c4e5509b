"""Parts of the pages of the help: numbered steps, points and pictures, as they stand there.

A page is Markdown with chapters (`## 怎么做`) and groups within them (`**少打字**` on a line).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

HELP = Path(__file__).resolve().parents[3] / "resources" / "help"

_CHAPTER = re.compile(r"^## (.+)$")
_GROUP = re.compile(r"^\*\*(.+)\*\*$")
_ITEM = re.compile(r"^(?:\d+\.|-) (.+)$")
_RUN = re.compile(r"\*\*(.+?)\*\*|`([^`]+)`|\[([^\]]+)\]\([^)]*\)|([^*`\[]+)")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a sentence: plain, `strong`, or the name of a `key`."""

    text: str
    strong: bool = False
    key: bool = False


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Items of a list of the help: the page, the chapter, the group in it, and which of them.

    `items` count from 1; none named are all.
    """

    page: str
    chapter: str = "怎么做"
    group: str = ""
    items: tuple[int, ...] = ()


def steps_of(excerpt: Excerpt, folder: Path = HELP) -> Sequence[tuple[Run, ...]]:
    """The items of an excerpt; KeyError where the help has not that many."""
    found = list(_items((folder / f"{excerpt.page}.md").read_text("utf-8"), excerpt))
    wanted = excerpt.items or range(1, len(found) + 1)
    if not found or max(wanted) > len(found):
        raise KeyError(excerpt)
    return [runs_of(found[n - 1]) for n in wanted]


def runs_of(text: str) -> tuple[Run, ...]:
    """A line of Markdown in pieces; of a link its words remain."""
    return tuple(
        Run(strong or key or link or plain, bool(strong), bool(key))
        for strong, key, link, plain in _RUN.findall(text)
    )


def picture_of(page: str) -> Path:
    """The picture of a page, in the finer of its two sizes."""
    return HELP / "pictures" / f"{page}@125.png"


def _items(text: str, excerpt: Excerpt) -> Iterator[str]:
    chapter = group = ""
    for line in text.splitlines():
        if found := _CHAPTER.match(line):
            chapter, group = found[1], ""
        elif found := _GROUP.match(line):
            group = found[1]
        elif (chapter, group) == (excerpt.chapter, excerpt.group) and (found := _ITEM.match(line)):
            yield found[1]
