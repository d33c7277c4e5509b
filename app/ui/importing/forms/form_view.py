"""One form: its blanks, and of the one chosen the words read beside the text they came from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.domain.kernel.file_names import shown_name
from app.services.wordforms.filled_forms import VISITED, Blank, FilledForm, FormFile
from app.services.wordforms.form_judging import VISIT_DAY, Decided
from app.ui.fields.prose import Prose
from app.ui.keys import SPACE, UP_DOWN, Key, tell
from app.ui.parts.label import label, surface
from app.ui.parts.message_line import MessageLine
from app.ui.parts.table import Cell, Column, Table
from app.ui.theme import LIGHT

_COLUMNS = (Column("栏目", 188), Column("读成"), Column("原文"), Column("要看", 84))
_WHOLE = "整份表"
_NOTHING = "-"
"""What is shown before any blank is, which no blank is called."""
_LOW, _HIGH, _LEAST = 52, 96, 148
"""Pixels of height of the two texts below the table, and of the table at the least."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Words(Prose):
    """What a blank says, to be mended; Enter goes on where a blank has one line only."""

    def __init__(self) -> None:
        super().__init__()
        self.many = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.many and event.key() in _ENTER and not event.modifiers():
            self.next_wanted.emit()
        else:
            super().keyPressEvent(event)


class FormView(QWidget):
    """`typed(number, name, words)` when a blank was mended, `looked(name)` when it was seen."""

    typed = Signal(int, str, str)
    looked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._form: FilledForm | None = None
        self._decided = Decided()
        self._names: list[str] = []
        self._shown = _NOTHING
        self._free = True
        self._loaded = ""
        self.title, self.place = label("", "strong"), label("", "note")
        self.said, self.doubt = MessageLine(), MessageLine()
        self.table = _Blanks("这份表的各栏", _COLUMNS, row_height=LIGHT.table_row)
        self.words, self.source = Words(), QPlainTextEdit()
        self.source.setReadOnly(True)
        self.source.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.source.setAccessibleName("原文")
        self.table.chosen_row.connect(self._choose)
        self.table.entered_row.connect(lambda row: self._edit())
        self.table.confirmed.connect(lambda: self.looked.emit(self.name))
        self.words.left.connect(self.take_typed)
        self.words.next_wanted.connect(self._go_on)
        self.words.previous_wanted.connect(self.table.setFocus)
        tell(self.table, UP_DOWN("选一栏"), SPACE("看过了"), Key("Enter", "改这一栏"))
        tell(self.words, Key("Ctrl+↓", "改好，下一栏"), Key("Ctrl+↑", "回到各栏"))
        self._lay_out()

    @property
    def name(self) -> str:
        """The blank chosen; "" for the form as a whole."""
        row = self.table.row
        return self._names[row] if 0 <= row < len(self._names) else ""

    # -- showing

    def show_form(self, form: FilledForm, file: FormFile, decided: Decided, told: str) -> None:
        """Show a form; `told` is what is to be said of it as a whole."""
        another = self._form is not form
        if another:
            self.take_typed()
            self._form, self._shown = form, _NOTHING
        self._decided = decided
        place = f"第 {form.place} 份，共 {form.of} 份" if form.of > 1 else ""
        self.title.setText(f"第 {form.number} 份")
        self.place.setText("　".join(filter(None, (shown_name(file.name), place))))
        self.said.say("info", told)
        self.said.setVisible(bool(told))
        blanks = list(form.blanks)
        self._names = ([""] if form.doubts else []) + [blank.name for blank in blanks]
        whole = [self._whole(form)] if form.doubts else []
        self.table.set_rows([*whole, *(self._cells(form, blank) for blank in blanks)])
        if another:
            self.table.selectRow(0)
        self._show_blank()
        self._body.setVisible(True)

    def show_file(self, file: FormFile) -> None:
        """Show why a file cannot be read."""
        self.take_typed()
        self._form, self._shown = None, _NOTHING
        self.title.setText(shown_name(file.name))
        self.place.setText("")
        self.said.say("info" if file.code == "SAME_FILE" else "error", file.sentence)
        self.said.setVisible(True)
        self._body.setVisible(False)

    def set_free(self, free: bool) -> None:
        """Whether anything can still be mended."""
        self._free = free
        self.words.setReadOnly(not free)

    def go_to(self, name: str) -> None:
        """Choose a blank."""
        if name in self._names:
            self.table.selectRow(self._names.index(name))
            self.table.scrollTo(self.table.currentIndex())
        self.table.setFocus()

    # -- mending

    def take_typed(self) -> None:
        """Take what was typed into the blank shown."""
        form, name = self._form, self._shown
        if form is None or name in ("", _NOTHING) or not self._free:
            return
        words = self.words.toPlainText().strip()
        if words != self._loaded:
            self._loaded = words
            self.typed.emit(form.number, name, words)

    def _edit(self) -> None:
        if self.name and self._free:
            self.words.setFocus()
            self.words.selectAll()

    def _go_on(self) -> None:
        self.take_typed()
        self.table.setFocus()
        if self.table.row + 1 < len(self._names):
            self.table.selectRow(self.table.row + 1)

    def _choose(self, row: int) -> None:
        if row >= 0 and self.name != self._shown:
            self.take_typed()
        self._show_blank()

    def _show_blank(self) -> None:
        form = self._form
        if form is None:
            return
        name = self.name
        blank = next((one for one in form.blanks if one.name == name), None)
        doubts: Sequence[str] = [d.sentence for d in (blank.doubts if blank else form.doubts)]
        settled = self._settled(form, name)
        self.doubt.say("ok" if settled else "warning", " ".join(doubts))
        words = self._decided.words(form, name) if name else ""
        if self._shown != name or self.words.toPlainText().strip() != words:
            self.words.setPlainText(words)
            self._loaded = self.words.toPlainText().strip()
        self._shown = name
        self.words.many = name == "opinions"
        self.words.setEnabled(blank is not None)
        self._heading.setText(f"{blank.label if blank else _WHOLE}：读成")
        self.words.setAccessibleName(self._heading.text())
        self.source.setPlainText(blank.source if blank else "")

    def _settled(self, form: FilledForm, name: str) -> bool:
        key = form.number, name
        return key in self._decided.looked or key in self._decided.typed

    def _whole(self, form: FilledForm) -> list[Cell | str]:
        words = " ".join(doubt.sentence for doubt in form.doubts)
        return [_WHOLE, words, "", self._state(form, "", True)]

    def _cells(self, form: FilledForm, blank: Blank) -> list[Cell | str]:
        words = " ".join(self._decided.words(form, blank.name).split())
        source = " ".join(blank.source.split())
        return [
            blank.label,
            self._day_told(form) if blank.name == VISITED and not words else Cell(words, bold=True),
            Cell(source, tint=LIGHT.text2),
            self._state(form, blank.name, bool(blank.doubts)),
        ]

    def _day_told(self, form: FilledForm) -> Cell:
        """The day of the visit where the day of filing stands for it."""
        if not self._decided.answers.get(VISIT_DAY):
            return Cell()
        return Cell(self._decided.words(form, "filed_on"), note="填报日期", bold=True)

    def _state(self, form: FilledForm, name: str, doubtful: bool) -> Cell | str:
        if (form.number, name) in self._decided.typed:
            return Cell("改过", chip="info")
        if not doubtful:
            return ""
        if self._settled(form, name):
            return Cell("看过", chip="ok")
        return Cell("要看", chip="warning")

    # -- laying out

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(LIGHT.margin, 8, LIGHT.margin, 8)
        head.setSpacing(LIGHT.gap)
        head.addWidget(self.title)
        head.addWidget(self.place)
        head.addStretch(1)
        told = QHBoxLayout()
        told.setContentsMargins(LIGHT.margin, 0, LIGHT.margin, 8)
        told.addWidget(self.said)
        self._body = self._blanks()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(told)
        column.addWidget(surface("rule"))
        column.addWidget(self._body, 1)
        column.addStretch(0)

    def _blanks(self) -> QWidget:
        """The table of blanks, and the one chosen beside its source text."""
        self._heading = label("", "label")
        below = QGridLayout()
        below.setContentsMargins(LIGHT.margin, 8, LIGHT.margin, 4)
        below.setHorizontalSpacing(LIGHT.gap)
        below.addWidget(self._heading, 0, 0)
        below.addWidget(label("原文", "label"), 0, 1)
        for place, box in enumerate((self.words, self.source)):
            box.setMinimumHeight(_LOW)
            box.setMaximumHeight(_HIGH)
            below.addWidget(box, 1, place)
        self.table.setMinimumHeight(_LEAST)
        told_below = QHBoxLayout()
        told_below.setContentsMargins(LIGHT.margin, 0, LIGHT.margin, 8)
        told_below.addWidget(self.doubt)
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.table, 1)
        inside.addWidget(surface("rule"))
        inside.addLayout(below)
        inside.addLayout(told_below)
        return body


class _Blanks(Table):
    """A table whose rows are confirmed with the space bar."""

    confirmed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.type() is QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Space:
            self.confirmed.emit()
        else:
            super().keyPressEvent(event)
