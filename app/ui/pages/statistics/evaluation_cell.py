"""One cell of an 考评 beside the grid: points, evidence, the figure, the 申诉 and its answer."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.campaign.evaluation_places import plain
from app.domain.checking.evaluation_rules import INDICATOR, Cell, full_of, is_computed
from app.domain.codes import EVALUATION_BASIS
from app.domain.records import Criterion
from app.domain.values.dates import format_date
from app.services.evaluating import evaluations
from app.services.evaluating.evaluation_seen import EvaluationSeen
from app.services.evaluating.evaluations import Objection
from app.services.office.office import Office
from app.ui.keys import ENTER, ESCAPE, Action, commit_composition, key, tell
from app.ui.parts.button_bar import ButtonBar
from app.ui.parts.card import Card
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label

OBJECT = key("Ctrl+R", "写申诉")
_LONGEST, _POINTS = 500, 10
_RATES = ("cadres", "groups", "townships", "areas", "on_time", "closed", "indicator")
_AS_OF = "取数时：{}"
_WORDS = {
    "points": "得分",
    "evidence": "依据",
    "said": "申诉内容",
    "answer": "答复",
    "changed": "改为",
}


class EvaluationCell(Card):
    """`wanted(job)` when something is to be written; `left` on Esc."""

    wanted = Signal(object)
    left = Signal()

    def __init__(self, office: Office) -> None:
        super().__init__(" ", " ")
        self._office = office
        self._found: EvaluationSeen | None = None
        self._cell: Cell | None = None
        self.basis, self.figure, self.earlier, self.by = (label(role="note") for _ in range(4))
        for one in (self.basis, self.figure, self.earlier, self.by):
            one.setWordWrap(True)
        self.fields = {name: _line(words) for name, words in _WORDS.items()}
        self.points, self.evidence = self.fields["points"], self.fields["evidence"]
        self.said, self.answer = self.fields["said"], self.fields["answer"]
        self.changed = self.fields["changed"]
        self._object = Action(OBJECT, self._begin_objection, self)
        self._lay_out()
        self._listen()

    def show_cell(self, found: EvaluationSeen | None, cell: Cell | None, later: str = "") -> None:
        """Show a cell; `later` is its figure now, where that is another than then."""
        self._found, self._cell = found, cell
        criterion = self._criterion()
        for field in self.fields.values():
            field.clear()
        self._objection.hide()
        open_here = found is not None and found.mine and not found.issued and criterion is not None
        for field in self.fields.values():
            field.setEnabled(open_here)
        self._object.setEnabled(open_here)
        if found is None or cell is None or criterion is None:
            self._say_nothing(found, cell)
            return
        self.title.setText(found.units[cell[0]])
        self.note.setText(f"{criterion.name}，满分 {plain(full_of(criterion))} 分")
        self.basis.setText(_basis(criterion))
        score = found.score(cell)
        figure = score.figure if score else ""
        self.figure.setText(_figure(figure, later))
        self.points.setText(plain(Decimal(score.points)) if score and score.points else "")
        self.evidence.setText(score.evidence if score else "")
        self.by.setText(f"打分：{score.by}" if score else "")
        self.earlier.setText("\n".join(_told(found, cell)))

    def go_in(self) -> None:
        """Put the focus where points are typed."""
        if self.points.isEnabled():
            self.points.setFocus()
            self.points.selectAll()

    # -- making

    def _lay_out(self) -> None:
        self.points.setMaxLength(_POINTS)
        self.changed.setMaxLength(_POINTS)
        self.changed.setPlaceholderText("不改就空着")
        self._objection = QWidget()
        inner = QFormLayout(self._objection)
        inner.setContentsMargins(0, 0, 0, 0)
        for name in ("said", "answer", "changed"):
            inner.addRow(label(_WORDS[name], "label"), self.fields[name])
        form = QFormLayout()
        for name in ("points", "evidence"):
            form.addRow(label(_WORDS[name], "label"), self.fields[name])
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(self.basis)
        column.addWidget(self.figure)
        column.addLayout(form)
        column.addWidget(self.by)
        column.addWidget(self.earlier)
        column.addWidget(self._objection)
        column.addStretch(1)
        self.body.addLayout(column)
        bar = ButtonBar()
        bar.row.addWidget(KeyButton(self._object))
        bar.row.addStretch(1)
        self._column.addWidget(bar)

    def _listen(self) -> None:
        self.points.returnPressed.connect(self.evidence.setFocus)
        self.evidence.returnPressed.connect(self._give)
        self.said.returnPressed.connect(self.answer.setFocus)
        self.answer.returnPressed.connect(self.changed.setFocus)
        self.changed.returnPressed.connect(self._write_objection)
        for name, field in self.fields.items():
            last = name in ("evidence", "changed")
            tell(field, ENTER("存好" if last else "下一栏"), ESCAPE("不改了"))
        Action(ESCAPE("不改了"), self._leave, self)

    # -- what is done

    def _criterion(self) -> Criterion | None:
        rows = self._found.record.criteria if self._found is not None else ()
        at = self._cell[1] if self._cell is not None else ""
        return next((one for one in rows if one.id == at), None)

    def _say_nothing(self, found: EvaluationSeen | None, cell: Cell | None) -> None:
        self.title.setText(found.units.get(cell[0], "") if found and cell else "")
        self.note.setText("")
        for one in (self.basis, self.figure, self.earlier, self.by):
            one.clear()
        self.basis.setText("用 ← → 选一个考评项目。")

    def _leave(self) -> None:
        self.left.emit()
        self.show_cell(self._found, self._cell)

    def _begin_objection(self) -> None:
        self._objection.show()
        self.said.setFocus()

    def _give(self) -> None:
        commit_composition()
        self._want(
            lambda found, cell: partial(
                evaluations.give,
                self._office,
                found.state.id,
                cell,
                self.points.text(),
                self.evidence.text(),
            )
        )

    def _write_objection(self) -> None:
        commit_composition()
        told = Objection(self.said.text(), self.answer.text(), self.changed.text())
        self._want(
            lambda found, cell: partial(
                evaluations.appeal, self._office, found.state.id, cell, told
            )
        )

    def _want(self, made: Callable[[EvaluationSeen, Cell], Callable[[], object]]) -> None:
        if self._found is not None and self._cell is not None:
            self.wanted.emit(made(self._found, self._cell))


def _line(words: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(words)
    made.setMaxLength(_LONGEST)
    return made


def _basis(criterion: Criterion) -> str:
    if not is_computed(criterion):
        return "人工打分，依据写清楚。"
    what = EVALUATION_BASIS.label_of(criterion.basis)
    sign = "%" if criterion.basis in _RATES else ""
    full_at = plain(Decimal(criterion.full_at or 0))
    named = criterion.indicator if criterion.basis == INDICATOR else ""
    return f"{what}{named}，达到 {full_at}{sign} 得满分，不到的按比例。"


def _figure(figure: str, later: str) -> str:
    if not figure:
        return ""
    return _AS_OF.format(figure) + (f"；现在：{later}" if later else "")


def _told(found: EvaluationSeen, cell: Cell) -> list[str]:
    return [
        f"{format_date(one.on) if one.on else ''}申诉：{one.said}　答复：{one.answer}"
        + (f"　改为 {plain(Decimal(one.points))} 分" if one.points else "　不改")
        for one in found.appeals(cell)
    ]
