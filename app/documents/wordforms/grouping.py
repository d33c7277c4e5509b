"""Which of the things said make one form: where one ends and the next begins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from app.documents.wordforms.bounds import FORMS, too_big
from app.documents.wordforms.labels import PRIMARY, Item
from app.documents.wordforms.paper import Line
from app.documents.wordforms.saying import DAY, Event, Listed, Rows, Said, Sign, continues

_AFTER_CONTINUED = "前面一份写着还有续表，这一份可能是接着它的"
_FOOT = (Item.REPORTER, Item.FILED, Item.VISITED)


@dataclass(slots=True)
class Sheet:
    """One form: what was said for each item, in order, and what belongs to no label.

    `loose` are blanks that stood above the title and may belong to something else; `above` when
    its foot stood above its table.
    """

    said: dict[Item, list[Said]] = field(default_factory=dict)
    left: list[Said] = field(default_factory=list)
    loose: set[Item] = field(default_factory=set)
    above: bool = False

    def filled(self, item: Item) -> list[Said]:
        """What was said for an item, blanks left out."""
        return [one for one in self.said.get(item, ()) if not one.blank]

    def has(self, item: Item) -> bool:
        """Whether its label stands in the form."""
        return item in self.said

    @property
    def begun(self) -> bool:
        """Whether anything of the table was seen."""
        return any(item in self.said for item in PRIMARY)

    @property
    def whole(self) -> bool:
        """Whether the unit and what else is said of it were seen."""
        return Item.ENTERPRISE in self.said and (
            Item.HEADCOUNT in self.said or Item.OPINIONS in self.said
        )

    @property
    def is_form(self) -> bool:
        """Whether this is a form: two blanks of the table, one of them who or where."""
        found = [item for item in PRIMARY if item in self.said]
        return len(found) > 1 and (Item.LEADERS in found or Item.ENTERPRISE in found)


class Grouping:
    """Puts what is said into forms."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.lists: list[Rows] = []
        self._now = Sheet()
        self._page = False

    def take(self, events: Iterable[Event]) -> None:
        """Take all that is said, in order."""
        for event in events:
            if event is Sign.TITLE:
                self._title()
            elif event is Sign.PAGE:
                self._page = True
            elif isinstance(event, Listed):
                self.lists.append(event.rows)
            elif isinstance(event, Said):
                self._said(event)
        self._close()

    def _title(self) -> None:
        if self._now.begun:
            self._close()
        else:
            labelled = {item: said for item, said in self._now.said.items() if said[0].label}
            self._now = Sheet(labelled, loose=set(labelled))
        self._page = False

    def _said(self, said: Said) -> None:
        if said.left:
            if said.sure or self._now.begun:
                self._now.left.append(said)
            return
        if said.item in (Item.NOTE, Item.OTHER):
            return
        if self._begins(said):
            self._close()
        self._replace_loose(said)
        if said.item in _FOOT and said.label and not self._now.begun:
            self._now.above = True
        self._now.said.setdefault(said.item, []).append(said)

    def _begins(self, said: Said) -> bool:
        """Whether this is of the next form already."""
        now = self._now
        if said.item in (Item.LEADERS, Item.ENTERPRISE):
            return now.has(said.item) and now.whole and not self._same(said)
        if said.item in _FOOT and said.label and now.whole:
            filled = bool(now.filled(said.item))
            return filled and (now.above or not self._same(said))
        return False

    def _same(self, said: Said) -> bool:
        """Whether it only says once more what was said, and on the same page."""
        before = [one.text for one in self._now.filled(said.item)]
        return said.item in _FOOT and not self._page and said.text in before

    def _replace_loose(self, said: Said) -> None:
        """What stands below the title goes before what stood above it."""
        coming = {said.item}
        if said.item is Item.REPORTER and DAY.search(said.text):
            coming.add(Item.FILED)
        for item in coming & self._now.loose:
            self._now.said.pop(item, None)
        self._now.loose -= coming

    def _close(self) -> None:
        now, self._now, self._page = self._now, Sheet(), False
        if any(continues(one.text) for one in now.left):
            self._now.left.append(Said(Item.OTHER, [Line(_AFTER_CONTINUED)], left=True))
        if now.is_form:
            self.sheets.append(now)
            if len(self.sheets) > FORMS:
                raise too_big()
        elif self.sheets and not now.begun:
            for item, said in now.said.items():
                self.sheets[-1].said.setdefault(item, []).extend(said)


def sheets_of(events: Iterable[Event]) -> Grouping:
    """The forms in what is said."""
    grouping = Grouping()
    grouping.take(events)
    return grouping


def feet_of(events: Iterable[Event]) -> Iterator[Said]:
    """What page heads and feet say of who reports and when."""
    for event in events:
        if isinstance(event, Said) and event.item in _FOOT:
            yield event
