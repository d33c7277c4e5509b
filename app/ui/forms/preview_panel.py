"""An attachment looked at beside its form: pictures and the pages of a PDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QHideEvent, QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QToolButton, QWidget

from app.domain.kernel.errors import Problem
from app.domain.kernel.file_names import safe_file_name
from app.services.records.attachment_kinds import may_be_attached
from app.ui.fields.attachments import sign_of, size_words
from app.ui.icons import icon
from app.ui.keys import ESCAPE, OPEN_WITH, SAVE_AS, Action, Key, tell
from app.ui.parts.card import Card
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label, tip
from app.ui.theme import LIGHT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.documents.drawing.pages import Picture
    from app.services.records.attachment_pages import Preview

WIDEST = 540
_ELSEWHERE = "这种文件不能在这里看，\n请按 Ctrl+O 用系统程序打开。"
_NOWHERE = "这不是照片或文档，可能是程序，不会打开。\n确实要用的，问清来历，按 Ctrl+Shift+S 另存。"
_PAPER = 8
_NAME = 280
_SIDES = 2 * (_PAPER + 8)
_SCROLL = 48
_WITHIN = Qt.ShortcutContext.WidgetWithChildrenShortcut
_PAGES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_SCROLLS = {Qt.Key.Key_Up: -_SCROLL, Qt.Key.Key_Down: _SCROLL}

Draw = Callable[[Callable[[], Any], Callable[[Any], None]], None]


@dataclass(frozen=True, slots=True)
class Orders:
    """What the panel asks for: drawing beside the window, another program, a copy."""

    draw: Draw
    open_with: Callable[[str], None]
    save_as: Callable[[str], None]


class PreviewPanel(Card):
    """Lies over the right side of the window, over the third card; Esc closes it.

    `shown(n)` when page `n` stands there; `closed` when it is gone.
    """

    shown = Signal(int)
    closed = Signal()

    def __init__(self, window: QWidget, orders: Orders) -> None:
        super().__init__(" ", parent=window)
        self._window, self._orders = window, orders
        self._row: Mapping[str, Any] = {}
        self._preview: Preview | None = None
        self._page = 0
        self._back: QWidget | None = None
        self.sign, self.place = QLabel(), label(role="note")
        self.head.insertWidget(0, self.sign)
        self._turners = [self._turner("caret-left", -1), self._turner("caret-right", 1)]
        for part in (self._turners[0], self.place, self._turners[1]):
            self.head.addWidget(part)
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.words = label()
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self.picture)
        self.area.setStyleSheet(f"QScrollArea, QScrollArea > QWidget {{ background: {LIGHT.bg}; }}")
        self.picture.setMargin(_PAPER)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self.area, 1)
        self.body.addWidget(self.words, 1)
        self._add_actions()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        tell(self, Key("← →", "翻页"), Key("↑ ↓", "上下看"))
        window.installEventFilter(self)
        self.hide()

    def _turner(self, sign: str, step: int) -> QToolButton:
        """A page on or back, for the mouse; the keys are ← and →."""
        button = QToolButton()
        button.setIcon(icon(sign))
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setAccessibleName("下一页" if step > 0 else "上一页")
        button.clicked.connect(lambda: self.go_to(self._page + step))
        return button

    def _add_actions(self) -> None:
        self.open_with = Action(OPEN_WITH, lambda: self._orders.open_with(self.sha256), self)
        self.save_as = Action(SAVE_AS, lambda: self._orders.save_as(self.sha256), self)
        self.close_it = Action(ESCAPE("关闭"), self.hide, self)
        bar = self.add_bar()
        for action in (self.open_with, self.save_as):
            bar.addWidget(KeyButton(action))
        bar.addStretch(1)
        bar.addWidget(KeyButton(self.close_it, quiet=True))
        for action in (self.open_with, self.save_as, self.close_it):
            action.setShortcutContext(_WITHIN)

    @property
    def sha256(self) -> str:
        """The file shown."""
        return str(self._row.get("sha256", ""))

    # -- what is shown

    def begin(self, row: Mapping[str, Any]) -> None:
        """Say which file is coming, and take the focus."""
        self._forget()
        self._row = row
        self._say_name(safe_file_name(str(row.get("name", ""))))
        self.note.setText(size_words(row.get("size")))
        sign = icon(sign_of(str(row.get("type", ""))))
        self.sign.setPixmap(sign.pixmap(18, 18))
        self._say("正在打开…")
        if not self.isVisible():
            self._back = QApplication.focusWidget()
        self._lie()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_name(self, name: str) -> None:
        """A long name keeps its ending."""
        middle = Qt.TextElideMode.ElideMiddle
        self.title.setText(self.title.fontMetrics().elidedText(name, middle, _NAME))
        self.title.setToolTip(tip(name))

    def show_preview(self, preview: Preview | None) -> None:
        """Show its first page, or say that another program has to."""
        self._forget()
        self._preview = preview
        if preview is None:
            self._say(_ELSEWHERE if may_be_attached(str(self._row.get("name", ""))) else _NOWHERE)
            self.shown.emit(0)
        else:
            self.go_to(0)

    def show_problem(self, problem: Exception) -> None:
        """Say why there is nothing to see."""
        self._say(str(problem) if isinstance(problem, Problem) else "打不开这个文件。")
        self.shown.emit(0)

    def go_to(self, page: int) -> None:
        """Show another page, as far as there is one."""
        preview = self._preview
        if preview is None or not 0 <= page < preview.count:
            return
        self._page = page
        self._say_place(f"第 {page + 1} / {preview.count} 页" if preview.count > 1 else "")
        ratio = self.devicePixelRatioF()
        width = round((self.width() - _SIDES) * ratio)

        def done(drawn: Any) -> None:
            if self._preview is preview and self._page == page:
                self._show_picture(drawn, ratio)

        self._orders.draw(lambda: preview.picture(page, width), done)

    def _show_picture(self, drawn: Picture, ratio: float) -> None:
        form = QImage.Format.Format_RGB32
        image = QImage(drawn.data, drawn.width, drawn.height, drawn.stride, form).copy()
        image.setDevicePixelRatio(ratio)
        self.picture.setPixmap(QPixmap.fromImage(image))
        self.picture.setAccessibleName(f"{self.title.text()} {self.place.text()}")
        self.area.verticalScrollBar().setValue(0)
        self.words.hide()
        self.area.show()
        self.shown.emit(self._page)

    def _say_place(self, words: str) -> None:
        for part in (self.place, *self._turners):
            part.setVisible(bool(words))
        self.place.setText(words)

    def _say(self, words: str) -> None:
        self._say_place("")
        self.words.setText(words)
        self.area.hide()
        self.words.show()

    def _forget(self) -> None:
        if self._preview is not None:
            self._preview.close()
            self._preview = None
        self.picture.clear()

    # -- place and keys

    def _lie(self) -> None:
        """At the right of the window, between its head and its hints."""
        window = self._window
        width = min(WIDEST, window.width() - 2 * LIGHT.margin)
        top = LIGHT.header if window.width() >= LIGHT.narrow_below else LIGHT.header_narrow
        height = window.height() - top - LIGHT.hint_bar
        self.setGeometry(QRect(window.width() - width, top, width, height))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._window:
            self._lie()
            self.go_to(self._page)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = Qt.Key(event.key()), not event.modifiers()
        if key in _PAGES and plain:
            self.go_to(self._page + _PAGES[key])
        elif key in _SCROLLS and plain:
            bar = self.area.verticalScrollBar()
            bar.setValue(bar.value() + _SCROLLS[key])
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._forget()
        if self._back is not None and self._back.isVisible():
            self._back.setFocus(Qt.FocusReason.OtherFocusReason)
        self._back = None
        self.closed.emit()
