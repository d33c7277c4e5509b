"""常用筛选: the conditions that were given a name, to choose, to keep and to forget."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QWidget

from app.domain.kernel.order import Order
from app.domain.kernel.text import clean_name
from app.domain.records import Record
from app.services.lists import saved_lists
from app.services.lists.chips import Chip, said
from app.services.lists.saved_lists import SavedList
from app.ui.keys import SAVED_LISTS, Action
from app.ui.lists.chips.naming_line import NamingLine
from app.ui.lists.chips.narrowing import Narrowing
from app.ui.lists.view_buttons import ViewButtons
from app.ui.page_context import PageContext
from app.ui.parts.held_keys import held_keys
from app.ui.parts.label import tip
from app.ui.parts.menu import Menu
from app.ui.problems import Notice
from app.ui.theme import LIGHT

_DIGITS = 9
_LONGEST = 30


class SavedMenu(Menu):
    """Opens over a list (Ctrl+Shift+F); `chosen(SavedList)` when one is taken.

    `order` is that of the table, which is kept too; `shown` when the menu stands there.
    """

    chosen = Signal(object)
    shown = Signal()

    def __init__(
        self, desk: PageContext, record_type: type[Record], narrowing: Narrowing, over: QWidget
    ) -> None:
        super().__init__(over)
        self.setAccessibleName("常用筛选")
        self.setToolTipsVisible(True)
        self._desk, self._type, self._narrowing, self._over = desk, record_type, narrowing, over
        self.order: Order = ()
        self._known: Sequence[SavedList] = ()
        self.naming = NamingLine(over, "存下", "不存")
        self.naming.named.connect(self.keep)
        self.action = Action(SAVED_LISTS, self.ask, over, icon="bookmark-simple")
        self.chosen.connect(lambda one: narrowing.become(one.chips))

    def ask(self) -> None:
        """Read what there is, and show it."""
        job = partial(saved_lists.saved, self._desk.office, self._type)
        reading = self._desk.worker.read(job)
        reading.done.connect(partial(self._show, self._over.window().focusWidget()))
        held_keys(self._over).hold(self)
        reading.ended.connect(lambda: held_keys(self._over).drop(self))

    def _show(self, before: QWidget | None, known: Sequence[SavedList]) -> None:
        self.clear()
        self._known = known
        for place, one in enumerate(known, 1):
            digit = f"&{place}　" if place <= _DIGITS else ""
            item = self.addAction(f"{digit}{_safe(one.name)}")
            item.setToolTip(tip(self._words(one.chips)))
            item.triggered.connect(partial(self.chosen.emit, one))
        if not known:
            self.addAction("还没有常用筛选").setEnabled(False)
        self.addSeparator()
        keep = self.addAction("存下现在的条件…(&S)")
        keep.setEnabled(bool(self._narrowing.chips))
        keep.triggered.connect(self._ask_name)
        if known:
            gone = self.addMenu("删去(&D)")
            for one in known:
                gone.addAction(_safe(one.name)).triggered.connect(partial(self._forget, one))
        self.open_at(self._below_head, before)
        first = self.actions()[0]
        self.setActiveAction(first if first.isEnabled() else keep)
        self.shown.emit()
        held_keys(self._over).give(self)

    @property
    def _below_head(self) -> QPoint:
        """Where the parts of the list can still be seen above."""
        views = self._over.findChild(ViewButtons)
        head: QWidget | None = views.parentWidget() if views is not None else None
        if head is None:
            return self._over.mapToGlobal(QPoint(LIGHT.margin, LIGHT.icon_row))
        return head.mapToGlobal(QPoint(LIGHT.margin, head.height()))

    def _ask_name(self) -> None:
        words = self._words(self._narrowing.chips)
        self.naming.ask(f"给这些条件起个名字：{words}", words[:_LONGEST], self._below_head)

    def _words(self, chips: Sequence[Chip]) -> str:
        added = self._narrowing.added or ()
        return "；".join(said(self._type, chip, added=added) for chip in chips)

    def keep(self, name: str) -> None:
        """Keep the conditions that hold now under this name."""
        one = SavedList(name, self._narrowing.chips, self.order)
        known = (kept for kept in self._known if kept.name == clean_name(name))
        seen = next(known, SavedList(name))
        job = partial(saved_lists.save, self._desk.office, self._type, one, base=seen)
        saving = self._desk.worker.write(job)
        saving.done.connect(lambda kept: self._say(f"已存为常用筛选“{kept.name}”。"))
        saving.failed.connect(self._desk.problems.show)

    def _forget(self, one: SavedList) -> None:
        name = one.name
        job = partial(saved_lists.remove, self._desk.office, self._type, name, base=one)
        removing = self._desk.worker.write(job)
        removing.done.connect(lambda nothing: self._say(f"已删去常用筛选“{name}”，记录没有动。"))
        removing.failed.connect(self._desk.problems.show)

    def _say(self, words: str) -> None:
        self._desk.problems.noticed.emit(Notice("ok", words))


def _safe(name: str) -> str:
    """A name in a menu, where & marks a key."""
    return name.replace("&", "&&")
