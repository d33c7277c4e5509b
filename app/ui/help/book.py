"""The pages of the help as they lie in resources/help, in the order of contents.md.

contents.md is a list of links under headings; a page is `name.md` and begins with its title.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.kernel.text import lookup_key
from app.domain.naming.pinyin import initials_key, matcher

CONTENTS = "contents.md"
_HEADING = re.compile(r"^##\s+(.+)$")
_LINK = re.compile(r"^-\s+\[(.+)\]\(([\w-]+)\.md\)$")
_MADE = re.compile(r"^\{(\w+)\}$", re.MULTILINE)
_MARKS = re.compile(r"!\[[^\]]*\]\([^)]*\)|\]\([^)]*\)|[*`#\[\]|]")


@dataclass(frozen=True, slots=True)
class Topic:
    """A page: the name of its file, its title, its Markdown."""

    name: str
    title: str
    text: str

    @property
    def plain(self) -> str:
        """The words alone, as one looks for them."""
        return _MARKS.sub("", self.text)


@dataclass(frozen=True)
class Book:
    """All pages; `groups` are headings with the names of their pages."""

    groups: Sequence[tuple[str, Sequence[str]]]
    topics: Mapping[str, Topic]
    folder: Path = field(default=Path())

    def find(self, words: str) -> Sequence[str]:
        """The names of the pages that hold these words, titles first; all for no words."""
        wanted = [lookup_key(word) for word in words.split()]
        begins = matcher(words.replace(" ", ""))
        titles, texts = [], []
        for topic in self._in_order():
            text = lookup_key(topic.plain)
            if _all_in(wanted, lookup_key(topic.title)) or begins(initials_key(topic.title)):
                titles.append(topic.name)
            elif _all_in(wanted, text):
                texts.append(topic.name)
        return [*titles, *texts]

    def _in_order(self) -> Iterator[Topic]:
        return (self.topics[name] for _, names in self.groups for name in names)


def read_book(folder: Path, made: Mapping[str, Callable[[], str]]) -> Book:
    """Read the pages; a line `{name}` is replaced by what `made[name]()` returns.

    KeyError for a name that nobody makes, FileNotFoundError for a page that is listed and missing.
    """
    groups: list[tuple[str, list[str]]] = []
    topics: dict[str, Topic] = {}
    for line in (folder / CONTENTS).read_text("utf-8").splitlines():
        if heading := _HEADING.match(line):
            groups.append((heading[1], []))
        elif link := _LINK.match(line):
            text = (folder / f"{link[2]}.md").read_text("utf-8")
            text = _MADE.sub(lambda found: made[found[1]](), text)
            topics[link[2]] = Topic(link[2], link[1], text)
            groups[-1][1].append(link[2])
    return Book(groups, topics, folder)


def _all_in(wanted: Sequence[str], text: str) -> bool:
    return all(word in text for word in wanted)
