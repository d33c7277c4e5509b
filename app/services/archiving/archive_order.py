"""What is to be archived, and how far the work is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from app.documents.archive.front_pages import Entry
from app.documents.archive.joining import Joining, Mark
from app.domain.kernel.progress import Cancel, Progress, Step


@dataclass(frozen=True, slots=True)
class ArchiveOrder:
    """The campaign to archive: a code or title, "" for the one of today; with scans or without.

    `unit` is the code of the one office whose forms are wanted, "" for all that are here.
    """

    campaign: str = ""
    unit: str = ""
    scans: bool = True


@dataclass(slots=True)
class Volume:
    """The one PDF while it is made: its pages, the lines of its 卷内目录, its bookmarks.

    `lacking` names where a box stands for a character, `left_out` what could not be shown.
    """

    joining: Joining
    progress: Progress
    cancel: Cancel
    total: int = 0
    done: int = 0
    entries: list[Entry] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    @property
    def next_page(self) -> int:
        """The 页号 of the page that is added next."""
        return self.joining.count + 1

    def step(self, label: str, by: int = 1) -> None:
        """Say how far it is, and stop where one is asked to."""
        self.cancel.check()
        self.progress(Step(f"正在归档：{label}", self.done, max(self.total, self.done)))
        self.done += by

    @contextmanager
    def part(self, title: str) -> Iterator[None]:
        """A part of the 卷内目录; one without any paper leaves no trace."""
        place, page = len(self.entries), self.joining.count
        self.entries.append(Entry(title, "", page + 1, part=True))
        yield
        if self.joining.count == page:
            del self.entries[place:]
        else:
            self.marks.append(Mark(title, page))

    def add(self, pdf: bytes, title: str, day: str) -> None:
        """A paper of its own."""
        self.entries.append(Entry(title, day, self.next_page))
        self.joining.add(pdf)
