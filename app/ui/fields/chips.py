"""Several picked from many: what is picked stands as chips, a line adds more."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import FieldSpec
from app.ui.fields.chip import HEIGHT, AddingLine, Chip
from app.ui.fields.editor import ROW, FieldEditor, State, paint_state
from app.ui.fields.links import ADD, Asking, is_meant
from app.ui.fields.suggestion import Lookups, Search, Suggestion, Surroundings, code_index

_GAP = 6
_LINE_LEAST = 120


class ChipsEditor(FieldEditor):
    """A field of many keys; `search` finds what may be added, `title_of` names what is there."""

    def __init__(
        self,
        spec: FieldSpec,
        around: Surroundings,
        search: Search,
        fetch_title: Callable[[str, Callable[[str], None]], None],
    ) -> None:
        super().__init__(spec, around)
        self._fetch_title = fetch_title
        self._loaded: Any = None
        self._chips: list[Chip] = []
        self._box = QWidget(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._box)
        self.line = AddingLine(self._drop_last)
        self.line.setParent(self._box)
        self.line.setPlaceholderText("添加，F7 选择")
        self.line.setAccessibleName(spec.label)
        self.setFocusProxy(self.line)
        self._adds = spec.field.links in around.lookups.adds
        self._asking = Asking(search, around.lookups, self)
        self._asking.answered.connect(self._offer)
        self._settling = Asking(search, around.lookups, self)
        self._settling.answered.connect(self._settle)
        self._connect()

    def _connect(self) -> None:
        self.line.wanted.connect(self._ask)
        self.line.list_wanted.connect(self.show_choices)
        self.line.chosen.connect(self._choose)
        self.line.textChanged.connect(self.changed)
        self.line.next_wanted.connect(self.next_wanted)
        self.line.entered.connect(self.entered)
        self.line.left.connect(self._leave)
        self.line.block_pasted.connect(self._paste)

    def keys(self) -> list[str]:
        """What is picked, in order."""
        return [chip.key for chip in self._chips]

    def titles(self) -> list[str]:
        """What is picked, in words."""
        return [chip.label.text() for chip in self._chips]

    def load(self, value: Any) -> None:
        self._loaded = value
        self.line.clear()
        self._show(list(value or ()))

    def put(self, typed: Any) -> None:
        keys = typed if isinstance(typed, list | tuple) else [typed] if typed else []
        self._show([str(key) for key in keys])

    def value(self) -> Any:
        rest = self.line.text().strip()
        if rest:
            raise UserError(
                "ENTRY",
                f"“{self.spec.label}”：没有选定“{rest}”。",
                remedy="请按 F7 从列表中选择，或删去。",
            )
        keys = self.keys()
        if self._loaded is not None and sorted(keys) == sorted(self._loaded):
            return self._loaded
        return keys or None

    def raw(self) -> Any:
        rest = self.line.text().strip()
        return [*self.keys(), *([rest] if rest else [])]

    def commit(self) -> None:
        self.line.commit()

    def show_choices(self) -> bool:
        self._asking.ask(self.line.text())
        return True

    def _ask(self, text: str) -> None:
        if text.strip():
            self._asking.ask(text)
        else:
            self.line.close_list()

    def _offer(self, text: str, found: list[Suggestion]) -> None:
        here = set(self.keys())
        rows = [one for one in found if one.key not in here]
        if text == self.line.text():
            offered = [*rows, ADD] if self._adds else rows
            self.line.offer(offered, highlight=0 if rows else -1)

    def _choose(self, suggestion: Suggestion) -> None:
        text = self.line.text()
        if suggestion is ADD:
            self.add_wanted.emit(self.spec.field.links, text)
            return
        self._add(suggestion.key, suggestion.title)
        self.line.clear()
        self._refresh()
        self.picked.emit(suggestion)

    def put_suggestion(self, suggestion: Suggestion) -> None:
        """Add a record that was found or made elsewhere."""
        self._choose(suggestion)

    def _leave(self) -> None:
        text = self.line.text().strip()
        if text:
            self._settling.ask(text)
        self.left.emit()

    def _settle(self, text: str, found: list[Suggestion]) -> None:
        """What was typed in full is picked: a 编号, a code, a label; several parted by 、."""
        meant = [one for one in found if is_meant(one, text)]
        if len(meant) == 1 and text == self.line.text().strip():
            self._choose(meant[0])

    def _paste(self, cells: list[list[str]]) -> None:
        """A pasted column is several entries; what is not known stays in the line."""
        words = [cell.strip() for row in cells for cell in row if cell.strip()]
        self._settle_words(words)

    def _settle_words(self, words: Iterable[str]) -> None:
        unknown: list[str] = []
        search, read = self._asking.search, self.around.lookups.read
        wanted = list(words)

        def done(answers: Any) -> None:
            for word, found in zip(wanted, answers, strict=True):
                meant = [one for one in found if is_meant(one, word)]
                if len(meant) == 1:
                    self._add(meant[0].key, meant[0].title)
                else:
                    unknown.append(word)
            self.line.setText("、".join(unknown))
            self._refresh()

        read(lambda: [search(word) for word in wanted], done)

    def _show(self, keys: list[str]) -> None:
        for chip in self._chips:
            chip.hide()
            chip.deleteLater()
        self._chips = []
        for key in keys:
            self._add(key, key)
            self._fetch_title(key, partial(self._retitle, key))
        self._show_line()
        self._refresh()

    def _add(self, key: str, title: str) -> None:
        if key in self.keys():
            return
        chip = Chip(key, title, self._drop)
        chip.setParent(self._box)
        chip.lock(self.read_only or self.masked)
        chip.setVisible(not self.masked)
        self._chips.append(chip)

    def _retitle(self, key: str, title: str) -> None:
        for chip in self._chips:
            if chip.key == key and title:
                chip.label.setText(title)
        self._arrange()

    def _drop(self, key: str) -> None:
        gone = [chip for chip in self._chips if chip.key == key and not self.read_only]
        for chip in gone:
            self._chips.remove(chip)
            chip.hide()
            chip.deleteLater()
        self._refresh()

    def _drop_last(self) -> None:
        if self._chips:
            self._drop(self._chips[-1].key)

    def _refresh(self) -> None:
        self._arrange()
        self.changed.emit()
        self.height_changed.emit()

    def height_for(self, width: int) -> int:
        return self._flow(width, move=False)

    def sizeHint(self) -> QSize:
        return QSize(240, self.height_for(240))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        self._flow(self.width(), move=True)

    def _flow(self, width: int, *, move: bool) -> int:
        """Lay the chips out in lines, the line edit behind them; the height used."""
        x = y = 0
        for chip in self._chips:
            wide = min(chip.sizeHint().width(), width)
            if x and x + wide > width:
                x, y = 0, y + ROW
            if move:
                chip.setGeometry(x, y + (ROW - HEIGHT) // 2, wide, HEIGHT)
            x += wide + _GAP
        if self.line.isVisibleTo(self._box):
            if width - x < _LINE_LEAST and x:
                x, y = 0, y + ROW + 2
            if move:
                self.line.setGeometry(x, y, width - x, ROW)
        return y + ROW

    def _show_line(self) -> None:
        """Where nothing can be added, the line is only there to say that nothing was."""
        locked = self.read_only or self.masked
        self.line.setVisible(not locked or not self._chips)

    def _restyle(self) -> None:
        locked = self.read_only or self.masked
        self.line.setReadOnly(locked)
        self._show_line()
        self.line.set_arrow(not locked)
        for chip in self._chips:
            chip.lock(locked)
            chip.setVisible(not self.masked)
        self.line.setPlaceholderText("" if locked else "添加，F7 选择")
        paint_state(self.line, self._look() if self.state else State.PLAIN)
        self._arrange()


def code_chips(spec: FieldSpec, around: Surroundings) -> ChipsEditor:
    """Some of many codes."""
    codes = spec.field.codes
    assert codes is not None

    def fetch(key: str, done: Callable[[str], None]) -> None:
        done(codes.label_of(key))

    return ChipsEditor(spec, around, code_index(codes), fetch)


def link_chips(spec: FieldSpec, around: Surroundings, search: Search) -> ChipsEditor:
    """Several other records."""
    lookups: Lookups = around.lookups

    def fetch(key: str, done: Callable[[str], None]) -> None:
        lookups.read(partial(lookups.title, spec.field.links, key), done)

    return ChipsEditor(spec, around, search, fetch)
