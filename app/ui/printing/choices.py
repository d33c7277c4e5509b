"""What is to be printed, on which paper and by which printer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.domain.records import Record
from app.services.lists.table_query import TableQuery
from app.services.papers.paper_catalogue import TABLE, Order, Paper
from app.ui.keys import ENTER, SPACE, UP_DOWN, Key, commit_composition, tell
from app.ui.parts.combo import Combo
from app.ui.parts.label import label, tip
from app.ui.printing.printers import Printer
from app.ui.theme import LIGHT

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MOST_COPIES = 99
_NAME = 190
"""Pixels for the name of a printer; it is told whole when one points at it."""
NO_PRINTER = "这台电脑没有打印机。存为 PDF，拿到有打印机的电脑上打印。"


class Choices(QWidget):
    """The left side of the panel.

    `changed` when other pages would come out; `reason_given` on Enter behind a reason.
    """

    changed = Signal()
    reason_given = Signal()

    def __init__(self, papers: Sequence[Paper]) -> None:
        super().__init__()
        self._papers = papers
        self._ids: list[Sequence[str]] = []
        self._type: type[Record] = Record
        self._table: TableQuery | None = None
        self._printers: Sequence[Printer] = ()
        self.scopes, self.kinds = QButtonGroup(self), QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(*[LIGHT.margin] * 4)
        self._column.setSpacing(4)
        self._scopes = self._group("打印什么")
        self._add_papers()
        self._add_details()
        self._add_printer()
        self._column.addStretch(1)

    # -- what is chosen

    @property
    def paper(self) -> Paper:
        """The paper chosen."""
        return self._papers[max(self.kinds.checkedId(), 0)]

    @property
    def printer(self) -> Printer | None:
        """The printer chosen, None where there is none."""
        place = self.printers.currentIndex()
        return self._printers[place] if 0 <= place < len(self._printers) else None

    @property
    def order(self) -> Order:
        """What is to be printed on it."""
        place = self.scopes.checkedId()
        ids = self._ids[place] if 0 <= place < len(self._ids) else ()
        why = self.why.text().strip() if self.reveals else ""
        return Order(self._type, ids, not ids, self.qr.isChecked(), why, self._table)

    @property
    def reveals(self) -> bool:
        """Whether full numbers come out, for which there has to be a reason."""
        if self._blank:
            return False
        by_choice = self.paper.full == "choice" and self.full.isChecked()
        return by_choice or self.paper.full == "always"

    @property
    def _blank(self) -> bool:
        place = self.scopes.checkedId()
        return not (0 <= place < len(self._ids) and self._ids[place])

    @property
    def first(self) -> QWidget:
        """Where one begins: at the reason, if there has to be one."""
        return self.why if self.reveals else self.scopes.button(max(self.scopes.checkedId(), 0))

    # -- what may be chosen

    def offer(
        self,
        record_type: type[Record],
        scopes: Sequence[tuple[str, Sequence[str]]],
        table: TableQuery | None = None,
        *,
        as_table: bool = False,
    ) -> None:
        """What can be printed: words, and the ids meant (none: a blank form).

        `table` is how they stand in a table; `as_table` chooses that paper first.
        """
        self._type, self._table = record_type, table
        self._ids = [ids for _, ids in scopes]
        for button in self.scopes.buttons():
            self.scopes.removeButton(button)
            button.deleteLater()
        for place, (words, _) in enumerate(scopes):
            self._scopes.addWidget(self._radio(words, self.scopes, place))
        self.scopes.button(0).setChecked(True)
        tables = [n for n, paper in enumerate(self._papers) if paper is TABLE]
        self.kinds.button(tables[0] if as_table and tables else 0).setChecked(True)
        self.qr.setChecked(True)
        self.full.setChecked(False)
        self._propose()

    def rename(self, place: int, words: str) -> None:
        """Say more of a choice."""
        button: Any = self.scopes.button(place)
        if button is not None:
            button.setText(words)

    def offer_printers(self, printers: Sequence[Printer], usual: str) -> None:
        """The printers there are; `usual` is the one used last."""
        self._printers = printers
        self.printers.clear()
        metrics = self.printers.fontMetrics()
        for printer in printers:
            shown = metrics.elidedText(printer.name, Qt.TextElideMode.ElideMiddle, _NAME)
            self.printers.addItem(shown, printer.name)
        self.printers.setCurrentIndex(max(self.printers.findData(usual), 0))
        self._printing.setVisible(bool(printers))
        self.no_printer.setVisible(not printers)
        self._arrange()

    # -- making

    def _group(self, words: str) -> QVBoxLayout:
        self._column.addWidget(label(words, "strong"))
        group = QVBoxLayout()
        group.setSpacing(0)
        group.setContentsMargins(0, 0, 0, 8)
        self._column.addLayout(group)
        return group

    def _radio(self, words: str, group: QButtonGroup, place: int) -> QRadioButton:
        button = QRadioButton(words)
        button.setMinimumHeight(28)
        group.addButton(button, place)
        button.clicked.connect(self._chose)
        self._listen(button, UP_DOWN)
        return button

    def _add_papers(self) -> None:
        group = self._group("用哪种表")
        for place, paper in enumerate(self._papers):
            group.addWidget(self._radio(paper.name, self.kinds, place))
        self.kinds.button(0).setChecked(True)

    def _add_details(self) -> None:
        self.qr = self._tick("页脚印二维码")
        self.full = self._tick("印身份证全号")
        self.qr.clicked.connect(self.changed)
        self.full.clicked.connect(self._chose_full)
        self.note = label("印有全部号码，谁看过、为什么都会记下来。", "note")
        self.note.setWordWrap(True)
        self.why = QLineEdit()
        self.why.setAccessibleName("看全号的原因")
        self.why.setPlaceholderText("原因，例如：发放慰问金")
        self._listen(self.why, Key("Enter", "按这个原因生成"))
        for part in (self.qr, self.full, self.note, self.why):
            self._column.addWidget(part)
        self._column.addSpacing(12)

    def _add_printer(self) -> None:
        self._printing = QWidget()
        column = QVBoxLayout(self._printing)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.printers, self.copies = Combo(), QSpinBox()
        self.printers.setAccessibleName("打印机")
        self.copies.setAccessibleName("份数")
        self.copies.setRange(1, _MOST_COPIES)
        self.copies.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.copies.setFixedWidth(64)
        self.copies.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.two_sided = self._tick("双面打印（长边翻转）")
        self.no_printer = label(NO_PRINTER, "note")
        self.no_printer.setWordWrap(True)
        copies = QHBoxLayout()
        copies.setSpacing(LIGHT.gap)
        copies.addWidget(label("份数", "label"))
        copies.addWidget(self.copies)
        copies.addStretch(1)
        column.addWidget(self.printers)
        column.addLayout(copies)
        column.addWidget(self.two_sided)
        self._column.addWidget(label("打印机", "strong"))
        self._column.addWidget(self.no_printer)
        self._column.addWidget(self._printing)
        self.no_printer.hide()
        self._printing.hide()
        for field in (self.printers, self.copies):
            self._listen(field, UP_DOWN)
        self.printers.currentIndexChanged.connect(lambda place: self._arrange())

    def _tick(self, words: str) -> QCheckBox:
        tick = QCheckBox(words)
        tick.setMinimumHeight(28)
        self._listen(tick, SPACE)
        return tick

    def _listen(self, field: QWidget, *keys: Key) -> None:
        field.installEventFilter(self)
        own = any(one.shown == ENTER.shown for one in keys)
        tell(field, *keys, *(() if own else (ENTER,)))

    # -- what follows from a choice

    def _chose(self) -> None:
        self._propose()
        self.changed.emit()

    def _chose_full(self) -> None:
        self._propose()
        if self.reveals:
            self.why.setFocus()
        self.changed.emit()

    def _propose(self) -> None:
        """The reason usual for this paper, and what can be chosen for it."""
        if self.paper.full == "always" and not self.why.text():
            self.why.setText(self.paper.why)
        paper = self.paper
        for place, ids in enumerate(self._ids):
            self.scopes.button(place).setVisible(bool(ids) or paper.blank)
        if self._blank and not paper.blank:
            self.scopes.button(0).setChecked(True)
        self._arrange()

    def _arrange(self) -> None:
        paper, printer = self.paper, self.printer
        self.qr.setVisible(paper.qr and not self._blank)
        self.full.setVisible(paper.full == "choice" and not self._blank)
        self.note.setVisible(self.reveals)
        self.why.setVisible(self.reveals)
        both = paper.two_sided and printer is not None and printer.two_sided
        self.two_sided.setVisible(both)
        self.two_sided.setChecked(both)
        self.printers.setToolTip(tip(printer.name if printer else ""))

    # -- keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if plain and event.key() in _ENTER:
                self._enter(watched)
                return True
        wheeled = event.type() == QEvent.Type.Wheel
        if wheeled and isinstance(watched, QSpinBox):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _enter(self, watched: QObject) -> None:
        if watched is self.why:
            commit_composition()
            self.reason_given.emit()
        else:
            if isinstance(watched, QRadioButton) and not watched.isChecked():
                watched.click()
            self.focusNextChild()
