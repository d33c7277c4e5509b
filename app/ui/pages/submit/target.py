"""Where files are put, or come from: the sticks that are in, the folder used last, any other."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QWidget

from app.exchange.sticks import sticks
from app.ui.keys import CODES, UP_DOWN, Action, tell
from app.ui.page_context import PageContext
from app.ui.parts.combo import Combo
from app.ui.parts.key_button import KeyButton

_KEPT = "submit/folder"
_OFTEN = 1500
"""Milliseconds between two looks for a stick."""
_CHOOSE = CODES("选文件夹")
NO_STICK = "没有插优盘"
Find = Callable[[], list[Path]]
Choose = Callable[[], str]


class TargetPicker(QWidget):
    """`folder` is the place chosen, None without one; `wanted` asks for one then.

    `sticks_in` looks for sticks, `choose` asks for a folder; both can be replaced. While it
    is shown, a stick that is plugged in or pulled out is noticed.
    """

    def __init__(self, desk: PageContext, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._name = name
        self._places: list[Path] = []
        self._chosen: Path | None = None
        self._picked = False
        self._known: list[Path] = []
        self._watch = QTimer(self)
        self._watch.setInterval(_OFTEN)
        self._watch.timeout.connect(self._look_again)
        self.sticks_in: Find = sticks
        self.choose: Choose = self._dialog
        self.box = _Box()
        self.box.setAccessibleName(name)
        self.box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.box.setMinimumWidth(120)
        self.box.opened.connect(self.look)
        self.box.activated.connect(self._pick)
        self.action = Action(_CHOOSE, self._ask, self)
        tell(self.box, UP_DOWN("选优盘"), _CHOOSE)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.box, 1)
        row.addWidget(KeyButton(self.action))
        self.setFocusProxy(self.box)

    @property
    def folder(self) -> Path | None:
        """The place chosen."""
        return self._chosen

    def wanted(self) -> Path | None:
        """The place chosen; without one it is asked for now."""
        if self._chosen is None:
            self.look()
        if self._chosen is None:
            self._ask()
        return self._chosen

    def look(self) -> None:
        """Look again which sticks are in."""
        self._show(self.sticks_in())

    def take(self, folder: Path) -> None:
        """Choose this folder."""
        self._chosen, self._picked = folder, True
        self.look()

    def remember(self) -> None:
        """Offer the place chosen the next time too."""
        if self._chosen is not None:
            self._desk.memory.keep(_KEPT, str(self._chosen))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.look()
        self._watch.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._watch.stop()

    def _look_again(self) -> None:
        if not self.box.view().isVisible() and self.sticks_in() != self._known:
            self.look()

    def _show(self, found: list[Path]) -> None:
        self._known = found
        kept = self._desk.memory.text(_KEPT)
        last = [Path(kept)] if kept and Path(kept).is_dir() else []
        own = [self._chosen] if self._chosen is not None and self._picked else []
        self._places = list(dict.fromkeys([*own, *found, *last]))
        self._chosen = next(iter(self._places), None)
        self.box.clear()
        for place in self._places:
            self.box.addItem(_words(place, is_stick=place in found))
        if not self._places:
            self.box.addItem(NO_STICK)

    def _pick(self, place: int) -> None:
        if place < len(self._places):
            self._chosen, self._picked = self._places[place], True

    def _ask(self) -> None:
        chosen = self.choose()
        if chosen:
            self.take(Path(chosen))
            self.box.setFocus()

    def _dialog(self) -> str:
        return QFileDialog.getExistingDirectory(self, self._name, str(self._chosen or Path.home()))


class _Box(Combo):
    """Says that its list is about to be opened; the wheel changes nothing."""

    opened = Signal()

    def showPopup(self) -> None:
        self.opened.emit()
        super().showPopup()


def _words(place: Path, *, is_stick: bool) -> str:
    """优盘（F:），剩余 3.2 GB."""
    name = f"优盘（{place.name or place.drive}）" if is_stick else str(place)
    try:
        free = shutil.disk_usage(place).free
    except OSError:
        return f"{name}，读不到"
    return f"{name}，剩余 {size_words(free)}"


def size_words(size: int) -> str:
    """Bytes as people say them: 9.4 MB."""
    for name, unit in (("GB", 1_000_000_000), ("MB", 1_000_000)):
        if size >= unit:
            return f"{size / unit:,.1f} {name}"
    return f"{max(size // 1000, 1 if size else 0):,} KB"
