"""Which pairs are listed: one kind or all, and how likely; every button says how many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QPushButton, QWidget

from app.domain.doubles.evidence import Kind, Strength
from app.services.figures.possible_doubles import PairView
from app.ui.pages.inbox.doubles.pair_card import STRENGTHS
from app.ui.theme import LIGHT

ALL = ""
KINDS: Sequence[tuple[str, str]] = (
    (ALL, "全部"),
    (Kind.AID, "帮扶"),
    (Kind.ENTERPRISE, "单位"),
    (Kind.PERSON, "个人"),
    (Kind.HOUSEHOLD, "一户"),
    (Kind.VISIT, "走访"),
)
_COLUMNS = 3
_HEIGHT = 24
_STYLE = (
    "QPushButton {{ padding: 0 4px; border: 1px solid {line}; border-radius: 4px;"
    " background: transparent; color: {text2}; min-height: 20px; }}"
    "QPushButton:checked {{ color: {text}; background: {sel}; border-color: {focus}; }}"
    "QPushButton:focus {{ border: 2px solid {focus}; padding: 0 3px; min-height: 18px; }}"
)


class Sieve(QWidget):
    """`changed` when a person chooses another kind or likelihood."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        style = _STYLE.format(
            line=LIGHT.line, text=LIGHT.text, text2=LIGHT.text2, sel=LIGHT.sel, focus=LIGHT.focus
        )
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 8, 12, 8)
        grid.setSpacing(4)
        self._one = QButtonGroup(self)
        self._kinds = {name: _button(words, style) for name, words in KINDS}
        self._strengths = {
            strength: _button(STRENGTHS[strength][0], style) for strength in Strength
        }
        for place, button in enumerate((*self._kinds.values(), *self._strengths.values())):
            grid.addWidget(button, place // _COLUMNS, place % _COLUMNS)
        for button in self._kinds.values():
            self._one.addButton(button)
            button.clicked.connect(self.changed)
        for strength, button in self._strengths.items():
            button.setChecked(strength is not Strength.LOW)
            button.clicked.connect(self.changed)
        self._kinds[ALL].setChecked(True)
        self.setAccessibleName("列出哪些")

    @property
    def kind(self) -> str:
        """The kind that is listed, `ALL` for every one."""
        return next(name for name, button in self._kinds.items() if button.isChecked())

    def lets_through(self, one: PairView) -> bool:
        """Whether this pair is listed."""
        return self._fits_kind(one) and self._strengths[Strength(one.strength)].isChecked()

    def count(self, pairs: Iterable[PairView], *, whole: bool) -> None:
        """Say how many there are of each kind as likely as wanted, and of each likelihood.

        Before the `whole` is compared nobody knows how many are hardly alike.
        """
        kinds: Counter[str] = Counter()
        strengths: Counter[str] = Counter()
        for one in pairs:
            if self._strengths[Strength(one.strength)].isChecked():
                kinds[one.kind] += 1
            if self._fits_kind(one):
                strengths[one.strength] += 1
        kinds[ALL] = kinds.total()
        for name, words in KINDS:
            _say(self._kinds[name], words, kinds[name])
        for strength, button in self._strengths.items():
            known = whole or strength is not Strength.LOW
            _say(button, STRENGTHS[strength][0], strengths[strength] if known else None)

    def step(self, by: int) -> None:
        """Go to the kind beside; stops at the ends."""
        names = list(self._kinds)
        at = names.index(self.kind) + by
        if 0 <= at < len(names):
            self._kinds[names[at]].setChecked(True)
            self.changed.emit()

    def turn_unlikely(self) -> None:
        """List what is hardly alike too, or no longer."""
        self._strengths[Strength.LOW].toggle()
        self.changed.emit()

    def _fits_kind(self, one: PairView) -> bool:
        return self.kind in {ALL, one.kind}


def _button(words: str, style: str) -> QPushButton:
    button = QPushButton(words)
    button.setCheckable(True)
    button.setAutoDefault(False)
    button.setFixedHeight(_HEIGHT)
    button.setStyleSheet(style)
    return button


def _say(button: QPushButton, words: str, count: int | None) -> None:
    button.setText(words if count is None else f"{words} {count:,}")
    button.setAccessibleName(words if count is None else f"{words} {count:,} 对")
