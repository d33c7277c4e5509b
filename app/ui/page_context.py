"""What every page is given: the office, and the few things it shares with the other pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from app.ui.problems import Problems
from app.ui.ui_memory import UiMemory
from app.ui.worker import Job, Worker

if TYPE_CHECKING:
    from app.services.lists.chips import Chip
    from app.services.office.office import Office
    from app.ui.parts.reading import Reading


def _not_now(words: str, job: Job | None) -> bool:
    return False


def _no_list(type_name: str, chips: Sequence[Chip]) -> bool:
    return False


def _nowhere(type_name: str, what: object) -> bool:
    return False


class PaperDesk(Protocol):
    """What a paper that is shown and printed needs; no data have to be open."""

    @property
    def worker(self) -> Worker: ...

    @property
    def problems(self) -> Problems: ...

    @property
    def memory(self) -> UiMemory: ...


@dataclass(frozen=True)
class PageContext:
    """One person's desk, from the passphrase to 切换经办人.

    Services are called through `worker`, never directly; `go(name)` opens
    another place, `set_badge(name, count)` says how much waits there.
    `show_view(place, view)` a part of another place,
    `open(type name, record)` shows a record in its place, `start(type name, body)`
    an empty one with what is known of it, `show_list(type name, chips)` a list narrowed to
    these; all say whether the place could be shown.
    `reopen(words, job)` closes the data, runs the job beside it if there is one (恢复),
    and asks again who is at work, saying the words; False when a page cannot be left.
    `readings` are looks at the data that several places share, by name.
    """

    office: Office
    worker: Worker
    problems: Problems
    memory: UiMemory
    go: Callable[[str], bool]
    set_badge: Callable[[str, int], None]
    open: Callable[[str, str], bool] = _nowhere
    start: Callable[[str, Mapping[str, Any]], bool] = _nowhere
    reopen: Callable[[str, Job | None], bool] = _not_now
    readings: dict[str, Reading] = field(default_factory=dict)
    show_list: Callable[[str, Sequence[Chip]], bool] = _no_list
    show_view: Callable[[str, str], bool] = _nowhere
