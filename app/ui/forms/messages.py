"""What stands directly under a field, never over the next: 错误, 提醒, a question, an offer."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from app.ui.fields.line import Line
from app.ui.icons import icon
from app.ui.parts.keycap import Keycap
from app.ui.parts.label import label, tip
from app.ui.theme import CHIPS

_HEIGHT = 20
_ICON = 16
_GAP = 5
_LEFT = _ICON + _GAP


@dataclass(frozen=True, slots=True)
class Message:
    """`kind` is error, warning, info or ok; `keys` are (key, what it does)."""

    kind: str
    word: str
    sentence: str
    keys: tuple[tuple[str, str], ...] = ()


_ICONS = {
    "error": "warning-circle",
    "warning": "warning",
    "info": "chat-text",
    "ok": "check-circle",
}


class MessageLine(QWidget):
    """One message: icon, word, sentence, keys."""

    def __init__(self, message: Message) -> None:
        super().__init__()
        self.message = message
        self.setAccessibleName(f"{message.word} {message.sentence}")
        colour = CHIPS[message.kind].text
        self._icon = QLabel(self)
        self._icon.setPixmap(icon(_ICONS[message.kind], colour).pixmap(_ICON, _ICON))
        gap = "&nbsp;" * 2
        self._text = QLabel(f"<b>{escape(message.word)}</b>{gap}{escape(message.sentence)}", self)
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._keys: list[QWidget] = []
        for key, words in message.keys:
            self._keys += [Keycap(key, self), label(words, parent=self)]
        for part in (self._text, *self._keys):
            part.setProperty("message", message.kind)

    def text(self) -> str:
        """Word, sentence and keys in one line, as one reads it."""
        keys = "".join(f" {key} {words}" for key, words in self.message.keys)
        return f"{self.message.word} {self.message.sentence}{keys}"

    def wanted_width(self) -> int:
        """The width at which nothing wraps."""
        return _LEFT + self._text_width() + self._keys_width()

    def _text_width(self) -> int:
        self._text.ensurePolished()
        self._text.setWordWrap(False)
        width = self._text.sizeHint().width()
        self._text.setWordWrap(True)
        return width + 2

    def _keys_width(self) -> int:
        for part in self._keys:
            part.ensurePolished()
        widths = [part.sizeHint().width() + _GAP for part in self._keys]
        return sum(widths) + _GAP if widths else 0

    def height_for(self, width: int) -> int:
        """The height at a width; the keys go to lines of their own when it is narrow."""
        below = self._keys_below(width)
        room = width - _LEFT - (0 if below else self._keys_width())
        text = max(_HEIGHT, self._text.heightForWidth(max(room, 60)))
        return text + (self._lay_keys(_LEFT, 0, width, move=False) + 2 if below else 0)

    def _keys_below(self, width: int) -> bool:
        return bool(self._keys) and width < self.wanted_width()

    def sizeHint(self) -> QSize:
        return QSize(self.wanted_width(), _HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        width, height = self.width(), self.height()
        self._icon.setGeometry(0, 2, _ICON, _ICON)
        if self._keys_below(width):
            keys = self._lay_keys(_LEFT, 0, width, move=False)
            self._text.setGeometry(_LEFT, 0, width - _LEFT, height - keys - 2)
            self._lay_keys(_LEFT, height - keys, width, move=True)
        else:
            text = min(width - _LEFT, self._text_width())
            self._text.setGeometry(_LEFT, 0, text, height)
            self._lay_keys(_LEFT + text + _GAP, 0, width + _GAP, move=True)

    def _lay_keys(self, left: int, top: int, right: int, *, move: bool) -> int:
        """Lay the keys out with their words, in as many lines as it takes; the height used."""
        x, y = left, top
        for key, words in zip(self._keys[::2], self._keys[1::2], strict=True):
            widths = [part.sizeHint().width() + _GAP for part in (key, words)]
            if x > left and x + sum(widths) > right + _GAP:
                x, y = left, y + _HEIGHT + 2
            for part, wide in zip((key, words), widths, strict=True):
                high = min(part.sizeHint().height(), _HEIGHT)
                if move:
                    part.setGeometry(x, y + (_HEIGHT - high) // 2, wide - _GAP, high)
                x += wide
        return y + _HEIGHT - top


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reason is asked for: its `word` before the line, `hint` in it, what Enter does."""

    word: str
    hint: str
    deed: str


ACCEPTING = Asked("接受的原因", "为什么可以这样", "接受")


class Inset(QWidget):
    """Something to fill in under a field, in place of its messages, until it is closed."""

    @abstractmethod
    def height_for(self, width: int) -> int:
        """The height at a width."""

    def wanted_width(self) -> int:
        """As wide as there is."""
        return 10_000

    def text(self) -> str:
        """What stands there in words."""
        return self.accessibleName()


class ReasonLine(Inset):
    """Where the reason for something is written; Enter gives it, Esc goes back."""

    given = Signal(str)
    given_up = Signal()

    def __init__(self, asked: Asked, sentence: str, reason: str = "") -> None:
        super().__init__()
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(_GAP)
        layout.setVerticalSpacing(2)
        word = label(asked.word)
        word.setProperty("message", "warning")
        word.setToolTip(tip(sentence))
        self.line = Line()
        self.line.setText(reason)
        self.line.setPlaceholderText(asked.hint)
        self.line.setAccessibleName(f"{asked.word}：{sentence}")
        self.line.next_wanted.connect(self._give)
        self.line.block_pasted.connect(self._join)
        layout.addWidget(word, 0, 0)
        layout.addWidget(self.line, 0, 1)
        layout.addLayout(self._keys(asked.deed), 1, 1)
        layout.setColumnStretch(1, 1)
        self.setFocusProxy(self.line)

    @staticmethod
    def _keys(deed: str) -> QHBoxLayout:
        """Under the line, so that it keeps room for a sentence where the form is narrow."""
        keys = QHBoxLayout()
        keys.setSpacing(_GAP)
        for key, words in (("Enter", deed), ("Esc", "返回")):
            for part in (Keycap(key), label(words)):
                part.setProperty("message", "warning")
                keys.addWidget(part)
        keys.addStretch()
        return keys

    def height_for(self, width: int) -> int:
        return 34 + 2 + _HEIGHT

    def text(self) -> str:
        """What was written so far."""
        return self.line.text()

    def _join(self, cells: list[list[str]]) -> None:
        self.line.insert(" ".join(cell for row in cells for cell in row))

    def _give(self) -> None:
        reason = self.line.text().strip()
        if reason:
            self.given.emit(reason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)


class Messages:
    """The messages under one field, shown on a canvas that places them."""

    def __init__(self, canvas: QWidget, changed: Callable[[], None]) -> None:
        self._canvas = canvas
        self._changed = changed
        self.lines: list[MessageLine | Inset] = []

    def show(self, messages: list[Message]) -> None:
        """Show these and no others."""
        if [line.message for line in self._plain()] == messages and not self.asking:
            return
        self._replace([MessageLine(message) for message in messages])

    def ask_reason(self, message: Message, asked: Asked, reason: str = "") -> ReasonLine:
        """Put a message and a line for the reason in place of the messages."""
        line = ReasonLine(asked, message.sentence, reason)
        self._replace([MessageLine(message), line])
        return line

    def inset(self, inset: Inset) -> None:
        """Put something to fill in in place of the messages; `show` takes it away."""
        self._replace([inset])

    @property
    def asking(self) -> bool:
        """Whether something is being filled in."""
        return any(isinstance(line, Inset) for line in self.lines)

    def texts(self) -> list[str]:
        """What stands there, line by line."""
        return [line.text() for line in self.lines]

    def _plain(self) -> list[MessageLine]:
        return [line for line in self.lines if isinstance(line, MessageLine)]

    def _replace(self, lines: Sequence[MessageLine | Inset]) -> None:
        for old in self.lines:
            old.hide()
            old.deleteLater()
        self.lines = [*lines]
        for line in self.lines:
            line.setParent(self._canvas)
            line.show()
        self._changed()
