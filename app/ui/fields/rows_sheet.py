"""How the rows of a table lie: side by side where there is room, else each as a small form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from app.domain.kernel.fields import FieldSpec, Kind
from app.ui.fields.editor import ROW
from app.ui.fields.row import Row, width_of
from app.ui.parts.label import label, surface, tip

_HEAD, _GAP = 26, 2
_NUMBER, _PAD, _BETWEEN, _LINE = 28, 8, 16, 4
_NAME_MOST, _FIELD_LEAST = 96, 112
_CODE_LONGEST = 40
_SHORT = 100
"""Characters: a text that may be longer takes what room a table leaves."""
_CHARACTER, _NAMED, _CODES_MOST = 14, 24, 560
"""A character in pixels; how many of them a short text is given; some of a few codes at most."""


@dataclass(slots=True)
class _Form:
    """What stands around the cells of a row: why one cannot be read; in a form number and names.

    `at` is the column of that cell, empty when all can be read.
    """

    number: QLabel
    names: list[QLabel]
    rule: QFrame
    said: QLabel
    at: str = ""

    def show(self, shown: bool) -> None:
        for part in (self.number, *self.names, self.rule):
            part.setVisible(shown)


class RowsSheet(QWidget):
    """The cells of all rows: a table under heads that fits the width, or a form for each row."""

    def __init__(self, columns: Sequence[FieldSpec]) -> None:
        super().__init__()
        self._columns = columns
        self._heads = [self._name(spec) for spec in columns]
        self._widths = [
            max(width_of(spec), head.sizeHint().width() + _PAD)
            for spec, head in zip(columns, self._heads, strict=True)
        ]
        self._rows: list[Row] = []
        self._forms: dict[Row, _Form] = {}

    def place(self, row: Row, number: int) -> None:
        """Put the cells of a row in the line of this number; 1 is the first."""
        if row not in self._rows:
            self._rows.insert(number - 1, row)
        if row not in self._forms:
            names = [self._name(spec) for spec in self._columns]
            said = label("", parent=self)
            said.setProperty("message", "error")
            said.setWordWrap(True)
            said.hide()
            head, rule = label("", "strong", self), surface("rule", self)
            self._forms[row] = _Form(head, names, rule, said)
        self._forms[row].number.setText(str(number))
        for cell in row.cells.values():
            cell.setParent(self)
            cell.show()

    def take(self, row: Row) -> None:
        """Take the cells of a row off the sheet; they may be placed again."""
        if row in self._rows:
            self._rows.remove(row)
        self._forms[row].show(False)
        self.tell(row, None)
        for cell in row.cells.values():
            cell.hide()

    def tell(self, row: Row, told: tuple[str, str] | None) -> None:
        """Say in a row which cell cannot be read (its column) and why; None: all can."""
        form = self._forms[row]
        form.at, sentence = told or ("", "")
        form.said.setText(sentence)
        form.said.setVisible(bool(told))

    def fit(self) -> None:
        """Give every cell its place and height."""
        self._flow(self.width(), move=True)

    def height_for(self, width: int) -> int:
        """The height of the rows at a width."""
        return self._flow(width, move=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def is_table(self, width: int) -> bool:
        """Whether all columns fit beside each other."""
        return sum(self._widths) + _GAP * len(self._widths) <= width

    def _name(self, spec: FieldSpec) -> QLabel:
        unit = f"（{spec.field.unit}）" if spec.field.unit else ""
        star = " *" if spec.field.required else ""
        name = label(f"{spec.label}{unit}{star}", "note", self)
        name.setToolTip(tip(spec.field.help))
        name.hide()
        return name

    def _flow(self, width: int, *, move: bool) -> int:
        table = self.is_table(width)
        if move:
            for head in self._heads:
                head.setVisible(table)
            for row in self._rows:
                self._forms[row].show(not table)
        return self._as_table(width, move) if table else self._as_forms(width, move)

    def _spread(self, width: int) -> list[int]:
        """The widths of the columns; what room is left goes to the text that is longest."""
        long = [n for n, spec in enumerate(self._columns) if spec.kind is Kind.PROSE]
        texts = [n for n, spec in enumerate(self._columns) if spec.kind in (Kind.TEXT, Kind.NAMES)]
        roomy = [n for n in texts if self._columns[n].field.longest > _SHORT]
        wide = long or sorted(roomy, key=lambda n: self._columns[n].field.longest)[-1:]
        left = max(width - sum(self._widths) - _GAP * len(self._widths), 0)
        if not wide:
            return self._filled(left)
        more = {n: left // len(wide) for n in wide}
        return [one + more.get(n, 0) for n, one in enumerate(self._widths)]

    def _filled(self, left: int) -> list[int]:
        """Nothing is long: codes are given room for their words first, then short texts."""
        widths = list(self._widths)
        for kind in (Kind.CODE, Kind.TEXT):
            for n, spec in enumerate(self._columns):
                more = min(max(_whole(spec) - widths[n], 0), left) if spec.kind is kind else 0
                widths[n] += more
                left -= more
        return widths

    def _as_table(self, width: int, move: bool) -> int:
        widths = self._spread(width)
        lefts = [sum(widths[:place]) + _GAP * place for place in range(len(widths))]
        if move:
            self._place_heads(lefts, widths)
        y = _HEAD
        for row in self._rows:
            cells = [row.cells[spec.name] for spec in self._columns]
            sized = list(zip(cells, lefts, widths, strict=True))
            heights = [cell.height_for(wide) for cell, _, wide in sized]
            if move:
                for (cell, left, wide), high in zip(sized, heights, strict=True):
                    cell.setGeometry(left, y, wide, high)
            y += max(heights) + _GAP
            if self._forms[row].at:
                y = self._say(row, QRect(0, y, sum(widths), 0), move)
        return y

    def _say(self, row: Row, under: QRect, move: bool) -> int:
        """Put the sentence of a row there; where what follows begins."""
        said = self._forms[row].said
        high = said.heightForWidth(under.width())
        if move:
            said.setGeometry(under.left(), under.top(), under.width(), high)
        return under.top() + high + _LINE

    def _place_heads(self, lefts: Sequence[int], widths: Sequence[int]) -> None:
        placed = zip(self._heads, self._columns, lefts, widths, strict=True)
        for head, spec, left, wide in placed:
            right = spec.kind in (Kind.INTEGER, Kind.MONEY)
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            head.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            head.setGeometry(left, 0, wide, _HEAD)

    def _as_forms(self, width: int, move: bool) -> int:
        y = 0
        for row in self._rows:
            y = self._as_form(row, width, y, move)
        return y

    def _as_form(self, row: Row, width: int, y: int, move: bool) -> int:
        """One row in two columns; what is long has a line of its own."""
        form = self._forms[row]
        wide = max(name.sizeHint().width() for name in form.names)
        name_width = min(wide, _NAME_MOST)
        if move:
            form.number.setGeometry(0, y, _NUMBER, ROW)
        for line in self._lines(width, name_width):
            high = 0
            for spec, left, shown in line:
                cell = row.cells[spec.name]
                high = max(high, cell.height_for(shown))
                if move:
                    self._place_named(row, spec, QRect(left, y, name_width, ROW), shown)
            y += high + _LINE
            if form.at in {spec.name for spec, _, _ in line}:
                left = _NUMBER + name_width + _PAD
                y = self._say(row, QRect(left, y - _LINE + _GAP, width - left, 0), move)
        if move:
            form.rule.setGeometry(0, y, width, 1)
        return y + 1 + _PAD

    def _lines(self, width: int, name_width: int) -> Iterator[list[tuple[FieldSpec, int, int]]]:
        """The fields of each line, where their names begin and how wide they are."""
        room = max(width - _NUMBER, 1)
        half = (room - _BETWEEN) // 2
        most = half - name_width - _PAD
        line: list[tuple[FieldSpec, int, int]] = []
        for spec in self._columns:
            whole = most < _FIELD_LEAST or _wanted(spec) > most
            if line and (whole or len(line) == 2):
                yield line
                line = []
            left = _NUMBER + len(line) * (half + _BETWEEN)
            shown = _width_in_form(spec, room - name_width - _PAD) if whole else most
            line.append((spec, left, shown))
            if whole:
                yield line
                line = []
        if line:
            yield line

    def _place_named(self, row: Row, spec: FieldSpec, at: QRect, shown: int) -> None:
        name = self._forms[row].names[self._columns.index(spec)]
        name.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        name.setGeometry(at)
        cell = row.cells[spec.name]
        cell.setGeometry(at.right() + 1 + _PAD, at.top(), shown, cell.height_for(shown))


def _wanted(spec: FieldSpec) -> int:
    listed = spec.field.codes if spec.kind is Kind.CODES else None
    words = sum(len(code.label) + 1 for code in listed or ()) * _CHARACTER
    return max(width_of(spec), _FIELD_LEAST, min(words, _CODES_MOST))


def _whole(spec: FieldSpec) -> int:
    """The pixels in which a code stands with all its words, or a short text usually does."""
    if spec.field.offers and spec.field.longest <= _CODE_LONGEST:
        return 0
    listed = spec.field.codes
    longest = max((len(code.label) for code in listed), default=0) if listed else 0
    most = longest or min(spec.field.longest, _NAMED)
    return most * _CHARACTER + 2 * _PAD


def _width_in_form(spec: FieldSpec, most: int) -> int:
    """What is short by its definition says so by its width (身份证号)."""
    fixed = spec.field.longest <= 50 or spec.kind not in (Kind.TEXT, Kind.PROSE, Kind.NAMES)
    return min(most, 2 * _wanted(spec)) if fixed else most
