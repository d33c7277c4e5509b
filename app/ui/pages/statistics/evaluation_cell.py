"""One cell of an 考评 beside the grid: points, evidence, the figure, the 申诉 and its answer."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from app.domain.campaign.evaluation_places import basis_words, plain
from app.domain.checking.evaluation_rules import Cell, full_of
from app.domain.records import Criterion, ScoreAppeal
from app.domain.values.dates import format_date
from app.services.evaluating import evaluations, score_appeals
from app.services.evaluating.evaluation_seen import EvaluationSeen
from app.services.evaluating.evaluations import Objection
from app.services.evaluating.score_appeals import Decision
from app.services.office.office import Office
from app.ui.fields.line import has_focus_within
from app.ui.keys import ENTER, ESCAPE, SAVE, UNDO, Action, commit_composition, key, tell
from app.ui.pages.statistics.reason_field import LONGEST_SAID, ReasonField
from app.ui.parts.button_bar import ButtonBar
from app.ui.parts.card import Card
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.parts.scrolled import Scrolled
from app.ui.theme import CHIPS, LIGHT

OBJECT = key("Ctrl+R", "写申诉")
_POINTS = 10
_AS_OF = "取数时：{}"
_WORDS = {
    "points": "得分",
    "evidence": "依据",
    "changed": "改为",
}
_REASONS = {"said": "申诉内容", "answer": "答复"}


class EvaluationCell(Card):
    """`wanted(job)` when something is to be written; `left` on Esc.

    An 申诉 that came from the unit stands there to be answered; else one is written down.
    """

    wanted = Signal(object)
    left = Signal()

    def __init__(self, office: Office) -> None:
        super().__init__(" ", " ")
        self._office = office
        self._found: EvaluationSeen | None = None
        self._cell: Cell | None = None
        self._notes = [label(role="note") for _ in range(5)]
        self.basis, self.figure, self.earlier, self.by, self.came = self._notes
        self.came.setStyleSheet(f"color: {CHIPS['warning'].text};")
        for one in self._notes:
            one.setWordWrap(True)
        lines = {name: _line(words) for name, words in _WORDS.items()}
        reasons = {name: ReasonField(words, LONGEST_SAID) for name, words in _REASONS.items()}
        self.fields: dict[str, QLineEdit | ReasonField] = lines | reasons
        self.points, self.evidence, self.changed = lines.values()
        self.said, self.answer = reasons.values()
        self._object = Action(OBJECT, self._begin_objection, self)
        self._undo = Action(UNDO("撤回答复"), self._take_back, self)
        self._lay_out()
        self._listen()

    @property
    def unit(self) -> str:
        """The code of the unit whose points are shown, "" for none."""
        return self._cell[0] if self._cell is not None else ""

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
        self._object.setText("答复申诉" if self._waiting else OBJECT.words)
        self._undo.setEnabled(open_here and bool(self._answered))
        if found is None or cell is None or criterion is None:
            self._say_nothing(found, cell)
            return
        self.title.setText(found.units[cell[0]])
        self.note.setText(f"满分 {plain(full_of(criterion))} 分")
        self.basis.setText(f"{criterion.name}：{basis_words(criterion)}")
        score = found.score(cell)
        figure = score.figure if score else ""
        self.figure.setText(_figure(figure, later))
        self.points.setText(plain(Decimal(score.points)) if score and score.points else "")
        self.evidence.setText(score.evidence if score else "")
        self.by.setText(f"打分：{score.by}" if score else "")
        self.earlier.setText("\n".join(_told(found, cell)))
        told = [_came(found.units[cell[0]], one.record) for one in found.waiting.get(cell, ())]
        self.came.setText("\n".join(told))
        self._hide_empty()

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
        self._rows = inner = QFormLayout(self._objection)
        inner.setContentsMargins(0, 0, 0, 0)
        for name, words in (*_REASONS.items(), ("changed", _WORDS["changed"])):
            inner.addRow(label(words, "label"), self.fields[name])
        form = QFormLayout()
        for name in ("points", "evidence"):
            form.addRow(label(_WORDS[name], "label"), self.fields[name])
        scrolled = Scrolled()
        column = scrolled.column
        column.setContentsMargins(LIGHT.margin, LIGHT.margin, LIGHT.margin, LIGHT.gap)
        column.setSpacing(8)
        column.addWidget(self.basis)
        column.addWidget(self.figure)
        column.addLayout(form)
        column.addWidget(self.by)
        column.addWidget(self.earlier)
        column.addWidget(self.came)
        column.addWidget(self._objection)
        column.addStretch(1)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(scrolled)
        bar = ButtonBar()
        bar.row.addWidget(KeyButton(self._object))
        bar.row.addWidget(KeyButton(self._undo))
        bar.row.addStretch(1)
        self._column.addWidget(bar)

    def _listen(self) -> None:
        self.points.returnPressed.connect(self.evidence.setFocus)
        self.evidence.returnPressed.connect(self._give)
        self.said.next_wanted.connect(self.answer.setFocus)
        self.answer.next_wanted.connect(self.changed.setFocus)
        self.changed.returnPressed.connect(self._write_objection)
        tell(self.points, ENTER("下一栏"), ESCAPE("不改了"))
        for last in (self.evidence, self.changed):
            tell(last, ENTER("存好"), ESCAPE("不改了"))
        Action(SAVE("存好"), self._save, self)
        Action(ESCAPE("不改了"), self._leave, self)

    # -- what is done

    def _criterion(self) -> Criterion | None:
        rows = self._found.record.criteria if self._found is not None else ()
        at = self._cell[1] if self._cell is not None else ""
        return next((one for one in rows if one.id == at), None)

    def _say_nothing(self, found: EvaluationSeen | None, cell: Cell | None) -> None:
        self.title.setText(found.units.get(cell[0], "") if found and cell else "")
        self.note.setText("")
        for one in self._notes:
            one.clear()
        self.basis.setText("用 ← → 选一个考评项目。")
        self._hide_empty()

    def _hide_empty(self) -> None:
        for one in self._notes:
            one.setVisible(bool(one.text()))

    def _leave(self) -> None:
        self.left.emit()
        self.show_cell(self._found, self._cell)

    @property
    def _waiting(self) -> ScoreAppeal | None:
        """The 申诉 of the unit that is answered next."""
        first = self._first_waiting()
        return first[1] if first else None

    def _first_waiting(self) -> tuple[str, ScoreAppeal] | None:
        found, cell = self._found, self._cell
        states = found.waiting.get(cell, ()) if found is not None and cell is not None else ()
        return (states[0].id, states[0].record) if states else None

    @property
    def _answered(self) -> str:
        """The id of the 申诉 of the unit that was answered last, "" for none."""
        found, cell = self._found, self._cell
        rows = found.appeals(cell) if found is not None and cell is not None else ()
        return next((row.appeal for row in reversed(rows) if row.appeal), "")

    def _begin_objection(self) -> None:
        told = self._waiting
        self._objection.show()
        self._rows.setRowVisible(self.said, told is None)
        self.said.setText(told.said if told is not None else "")
        (self.answer if told is not None else self.said).setFocus()

    def _take_back(self) -> None:
        self._want(
            lambda found, cell: partial(
                score_appeals.take_back, self._office, found.state.id, self._answered
            )
        )

    def _save(self) -> None:
        if has_focus_within(self._objection):
            self._write_objection()
        elif has_focus_within(self):
            self._give()

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
                base=found,
            )
        )

    def _write_objection(self) -> None:
        commit_composition()
        first = self._first_waiting()
        if first is not None:
            decision = Decision(self.answer.text(), self.changed.text())
            self._want(
                lambda found, cell: partial(
                    score_appeals.decide,
                    self._office,
                    found.state.id,
                    first[0],
                    decision,
                    base=found,
                )
            )
            return
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
    return made


def _figure(figure: str, later: str) -> str:
    if not figure:
        return ""
    return _AS_OF.format(figure) + (f"；现在：{later}" if later else "")


def _came(unit: str, one: ScoreAppeal) -> str:
    day = format_date(one.said_on) if one.said_on else ""
    proof = f"　依据：{one.evidence}" if one.evidence else ""
    then = f"（当时 {plain(Decimal(one.points))} 分）" if one.points else ""
    return f"{day}{unit}{one.said_by}申诉：{one.said}{proof}{then}"


def _told(found: EvaluationSeen, cell: Cell) -> list[str]:
    return [
        f"{format_date(one.on) if one.on else ''}申诉：{one.said}　答复：{one.answer}"
        + (f"　改为 {plain(Decimal(one.points))} 分" if one.points else "　不改")
        for one in found.appeals(cell)
    ]
