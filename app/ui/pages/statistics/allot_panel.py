"""指标分解: each unit's share of one indicator, and whether they add up to the target (R62)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.domain.kernel.changes import Changes
from app.services.figures import indicators
from app.services.figures.indicators import IndicatorView, sum_words
from app.ui.keys import ESCAPE, SAVE, Action, Key, tell
from app.ui.page_context import PageContext
from app.ui.parts.card import Card
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label, surface
from app.ui.theme import LIGHT

_FIELD, _ABREAST = 110, 2
_LONGEST = 10


class AllotPanel(QWidget):
    """`closed` when it is left, `kept` when the shares were saved."""

    closed = Signal()
    kept = Signal()

    def __init__(self, desk: PageContext) -> None:
        super().__init__()
        self._desk = desk
        self._campaign = self._code = ""
        self._target: int | None = None
        self._rate = False
        self.fields: dict[str, QLineEdit] = {}
        self.sum = label(role="strong")
        self._grid_place = surface("head")
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(self._grid_place)
        self._grid = QGridLayout(self._grid_place)
        self._grid.setHorizontalSpacing(LIGHT.gap)
        self._grid.setVerticalSpacing(8)
        self._grid.setContentsMargins(*[LIGHT.margin] * 4)
        self._card = Card("指标分解", " ")
        self._card.body.setContentsMargins(0, 0, 0, 0)
        self._card.body.addWidget(scroll)
        self._save = Action(SAVE, self._keep, self)
        self._close = Action(ESCAPE("不改了"), self.closed.emit, self)
        bar = self._card.add_bar()
        bar.addWidget(self.sum, 1)
        bar.addWidget(KeyButton(self._close))
        bar.addWidget(KeyButton(self._save, primary=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card)
        tell(self, Key("Tab", "下一个单位"), SAVE, ESCAPE("不改了"))

    def begin(self, campaign: str, one: IndicatorView) -> None:
        """Ask for the shares of this indicator; those given before stand there."""
        self._campaign, self._code = campaign, one.code
        self._target = one.total.reached.target
        self._rate = one.rate
        self._card.title.setText(f"{one.code} {one.title}")
        self._card.note.setText(f"{one.asked} {one.unit}，分解到各单位")
        self._clear()
        self.fields = {}
        half = -(-len(one.lines) // _ABREAST)
        for n, line in enumerate(one.lines):
            row, column = n % half, n // half * 2
            share = line.reached.target
            given = share is not None and not (one.rate and share == self._target)
            self._grid.addWidget(label(line.name), row, column)
            self._grid.addWidget(self._field(line.unit, share if given else None), row, column + 1)
        self._grid.setRowStretch(half, 1)
        self._grid.setColumnStretch(2 * _ABREAST, 1)
        self._add()
        next(iter(self.fields.values())).setFocus()

    def _clear(self) -> None:
        for place in reversed(range(self._grid.count())):
            item = self._grid.takeAt(place)
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _field(self, unit: str, share: int | None) -> QLineEdit:
        made = QLineEdit("" if share is None else str(share))
        made.setMaxLength(_LONGEST)
        made.setFixedWidth(_FIELD)
        made.textChanged.connect(self._add)
        self.fields[unit] = made
        return made

    @property
    def shares(self) -> Mapping[str, int | None]:
        """What stands there; what is no number counts as nothing and is marked."""
        return {unit: _number(line.text()) for unit, line in self.fields.items()}

    def _add(self) -> None:
        wrong = [line for line in self.fields.values() if line.text().strip() and
                 _number(line.text()) is None]  # fmt: skip
        self._save.setEnabled(not wrong)
        if wrong:
            self.sum.setText(f"“{wrong[0].text().strip()[:12]}”不是数字，请改。")
        elif self._rate:
            self.sum.setText("率不相加；空着的单位用全市的目标。")
        else:
            told = sum(share or 0 for share in self.shares.values())
            self.sum.setText(sum_words(told, self._target))

    def _keep(self) -> None:
        job = partial(
            indicators.allot, self._desk.office, self._campaign, self._code, dict(self.shares)
        )
        self._desk.worker.write(job).done.connect(self._kept)

    def _kept(self, changes: Changes) -> None:
        self.kept.emit()
        self.closed.emit()


def _number(text: str) -> int | None:
    """A whole number as people write it: full-width figures, commas and blanks are no matter."""
    plain = text.strip().replace(",", "").replace("，", "").replace(" ", "")
    return int(plain) if plain.isdecimal() else None
