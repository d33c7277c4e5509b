"""批量: one field set, 作废, 采用更正 or 不采用 of all records selected; one key takes it back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.kernel.codelist import Code, CodeList
from app.domain.kernel.errors import Problem
from app.domain.kernel.fields import FieldSpec
from app.domain.records import Record
from app.services.batches import batch_changes
from app.services.batches.batch_changes import BatchDone, BatchRow
from app.services.batches.span_undo import Outlook
from app.ui.fields.editor import FieldEditor
from app.ui.fields.making import make_editor
from app.ui.fields.suggestion import Surroundings
from app.ui.forms.layouts import titles_of
from app.ui.help.topics import about
from app.ui.keys import ESCAPE, SAVE, UNDO, UP_DOWN, Action, commit_composition, tell
from app.ui.lists.chips.values import choice, value_in, with_hint
from app.ui.page_context import PageContext
from app.ui.parts.card import Card
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.parts.message_line import MessageLine
from app.ui.parts.work_bar import WorkBar
from app.ui.theme import LIGHT
from app.ui.worker import Operation

_WIDTH = 540
_SET, _VOID, _ADOPT, _REFUSE = 0, 1, 2, 3
_CHOICES = {
    _SET: ("改一项", "改"),
    _VOID: ("作废", "作废"),
    _ADOPT: ("采用上级的更正和答复", "采用"),
    _REFUSE: ("不采用上级的更正和答复", "不采用"),
}
"""What may be done, and the word for it on the button."""
_WHY = {
    _SET: "原因（可以不写）",
    _VOID: "作废原因，例如：录重了",
    _REFUSE: "不采用的理由，上级看得到，例如：花名册上就是这个数",
}
_NAMED = 3
"""Records that were left and are named; the others are counted."""


class BatchPanel(QWidget):
    """Stands in the place of a page's content; `closed` when the page may be shown again.

    `done` when records were changed, or it was taken back.
    """

    closed = Signal()
    done = Signal()

    def __init__(
        self, desk: PageContext, record_type: type[Record], noun: str, around: Surroundings
    ) -> None:
        super().__init__()
        about(self, "tables")
        # Behind the work the keys are those of the panel, not of a field: Ctrl+Z takes all back.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._desk, self._type, self._noun, self._around = desk, record_type, noun, around
        self._ids: Sequence[str] = ()
        self._batch: int | None = None
        self._base: int | None = None
        self._specs = {spec.name: spec for spec in batch_changes.settable(record_type)}
        self.what = QButtonGroup(self)
        self.field = self._field_editor()
        self.value: FieldEditor | None = None
        self.why = QLineEdit()
        self.said = MessageLine()
        self.work = WorkBar()
        self.back = Action(ESCAPE("返回"), self.closed.emit, self)
        self.undo = Action(UNDO("全部撤销"), self._take_back, self)
        self.save = Action(SAVE("改"), self._go, self)
        tell(self, self.save.key)
        self._lay_out()
        self.why.textChanged.connect(lambda text: self._set_enabled())

    def show_for(self, ids: Sequence[str], added: Sequence[FieldSpec] = ()) -> None:
        """Ask what is to become of these records; `added` are the fields that campaigns add."""
        self._learn(added)
        self._ids, self._batch, self._base = tuple(ids), None, None
        self.what.button(_SET).setChecked(True)
        self.field.load(None)
        self._take_field()
        self.why.clear()
        self.said.clear()
        if not ids:
            self.said.say("info", "请先在列表里选好要改的：Shift+↓ 连着选，Ctrl+空格 一条一条选。")
        self._arrange()
        self.field.setFocus()
        job = partial(batch_changes.done_before, self._desk.office, self._type)
        self._desk.worker.read(job).done.connect(self._offer_last)
        seen = partial(batch_changes.seen_up_to, self._desk.office)
        self._desk.worker.read(seen).done.connect(self._remember)

    def _offer_last(self, done: Sequence[BatchRow]) -> None:
        """What was done last to many can still be taken back."""
        last = done[0] if done else None
        if last is None or last.undone_at or self._batch is not None or not self.work.isHidden():
            return
        self._batch = last.n
        when = last.at[5:16].replace("T", " ")
        words = f"上一次（{when}，{last.what}，{last.count:,} 条）按 Ctrl+Z 可以全部撤销。"
        self.said.say("info", "".join((self.said.text(), words)))
        self._set_enabled()

    def _remember(self, base: int) -> None:
        self._base = base

    def _learn(self, added: Sequence[FieldSpec]) -> None:
        known = {spec.name: spec for spec in batch_changes.settable(self._type, added)}
        if known != self._specs:
            self._specs = known
            old, self.field = self.field, self._field_editor()
            self._rows.replaceWidget(old, self.field)
            old.hide()
            old.deleteLater()

    def _field_editor(self) -> FieldEditor:
        titles = dict(titles_of(self._type))
        codes = (Code(n, titles.get(n, spec.label)) for n, spec in self._specs.items())
        fields = choice("改哪一项", CodeList("fields", "项目", tuple(codes)))
        editor = with_hint(fields, self._around, "改哪一项，F7 选择")
        editor.next_wanted.connect(self._go_to_value)
        editor.picked.connect(lambda one: self._take_field())
        return editor

    def activate(self) -> None:
        """Put the focus where it was."""
        (self.focusWidget() or self.field).setFocus()

    # -- making

    def _lay_out(self) -> None:
        self.card = Card("批量", " ")
        self.card.setFixedWidth(_WIDTH)
        self._fill_rows()
        self.card.body.setContentsMargins(0, 0, 0, 0)
        self.card.body.setSpacing(0)
        self.card.body.addLayout(self._rows)
        said = QHBoxLayout()
        said.setContentsMargins(LIGHT.margin, 0, LIGHT.margin, 8)
        said.addWidget(self.said)
        self.card.body.addWidget(self.work)
        self.card.body.addLayout(said)
        bar = self.card.add_bar()
        bar.addWidget(KeyButton(self.back))
        bar.addStretch(1)
        bar.addWidget(KeyButton(self.undo))
        bar.addWidget(KeyButton(self.save, primary=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(*[LIGHT.margin] * 4)
        column.addWidget(self.card, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def _fill_rows(self) -> None:
        """What is to be done, and the field or the reason it asks for."""
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(*[LIGHT.margin] * 4)
        self._rows.setSpacing(8)
        for place, (words, _) in _CHOICES.items():
            button = QRadioButton(words)
            button.setMinimumHeight(28)
            button.clicked.connect(self._arrange)
            self.what.addButton(button, place)
            self._rows.addWidget(button)
            tell(button, UP_DOWN)
        self._value_label = label("改成（空着就是清空）", "label")
        self._rows.addWidget(self.field)
        self._rows.addWidget(self._value_label)
        self.why.setAccessibleName("原因")
        self._rows.addWidget(self.why)
        self._note = label("每一条都留自己的历史；改完按 Ctrl+Z 可以全部撤销。", "note")
        self._rows.addWidget(self._note)

    @property
    def _spec(self) -> FieldSpec | None:
        return self._specs.get(value_in(self.field) or "")

    @property
    def _choice(self) -> int:
        return self.what.checkedId()

    def _take_field(self) -> None:
        """Put the editor of the field chosen there."""
        spec = self._spec
        if self.value is not None and spec is not None and self.value.spec.name == spec.name:
            return
        if self.value is not None:
            self._rows.removeWidget(self.value)
            self.value.hide()
            self.value.deleteLater()
            self.value = None
        if spec is not None:
            self.value = make_editor(spec, self._around)
            self._rows.insertWidget(self._rows.indexOf(self._value_label) + 1, self.value)
        self._arrange()

    def _go_to_value(self) -> None:
        self._take_field()
        if self.value is not None:
            self.value.setFocus()

    def _arrange(self) -> None:
        sets = self._choice == _SET
        self.field.setVisible(sets)
        self.why.setVisible(self._choice in _WHY)
        shown = self.value is not None and sets
        self._value_label.setVisible(shown)
        if self.value is not None:
            self.value.setVisible(shown)
        self.why.setPlaceholderText(_WHY.get(self._choice, ""))
        self._set_enabled()

    def _set_enabled(self) -> None:
        resting = self.work.isHidden()
        count = len(self._ids)
        self.card.note.setText(f"选中的 {count:,} 条{self._noun}")
        why = bool(self.why.text().strip())
        ready = {_SET: self._spec is not None, _ADOPT: True}.get(self._choice, why)
        self.save.setText(f"{_CHOICES[self._choice][1]}这 {count:,} 条")
        self.save.setEnabled(resting and bool(count) and ready)
        self.undo.setVisible(self._batch is not None)
        self.undo.setEnabled(resting)
        self.back.setEnabled(resting)

    # -- doing

    def _go(self) -> None:
        commit_composition()
        why, office = self.why.text().strip(), self._desk.office
        spec = self._spec
        if self._choice == _VOID:
            job: Any = partial(batch_changes.void_many, office, self._type, self._ids, why)
        elif self._choice == _REFUSE:
            job = partial(batch_changes.refuse_many, office, self._type, self._ids, why)
            job = partial(job, base=self._base)
        elif self._choice == _ADOPT:
            job = partial(batch_changes.adopt_many, office, self._type, self._ids)
        elif spec is not None and self.value is not None:
            name, value = spec.name, self.value.typed()
            job = partial(
                batch_changes.set_field, office, self._type, self._ids, name, value, why=why or None
            )
        else:
            return
        self._watch(self._desk.worker.write(job, long=True), self._say_done, "停止后一条也不改。")

    def _take_back(self) -> None:
        if self._batch is not None:
            job = partial(batch_changes.take_back, self._desk.office, self._batch)
            writing = self._desk.worker.write(job, long=True)
            self._watch(writing, self._say_back, "停止后什么都不会改变。")

    def _watch(self, writing: Operation, then: Any, on_stop: str) -> None:
        writing.done.connect(then)
        writing.failed.connect(self._not_done)
        writing.cancelled.connect(lambda: self.said.say("info", "已停止，什么都没有改。"))
        self.said.clear()
        self.setFocus()
        self.work.watch(writing, "正在修改", on_stop)
        writing.ended.connect(self._set_enabled)
        self._set_enabled()

    def _say_done(self, found: BatchDone) -> None:
        self._batch = found.batch
        parts = [f"已{found.what}：{found.changed:,} 条。"]
        if found.same:
            parts.append(f"{found.same:,} 条本来就是这样。")
        if found.left:
            named = "；".join(f"{one.number}　{one.why}" for one in found.left[:_NAMED])
            parts.append(f"{len(found.left):,} 条没有改：{named}")
        self.said.say("warning" if found.left else "ok", "".join(parts))
        self.done.emit()

    def _say_back(self, found: Outlook) -> None:
        self._batch = None
        parts = [f"已撤销 {len(found.records):,} 条。"]
        parts += [f"{count:,} 条{why}，没有动。" for why, count in found.why.items()]
        self.said.say("ok", "".join(parts))
        self.done.emit()

    def _not_done(self, error: Exception) -> None:
        if isinstance(error, Problem):
            self.said.say("error", str(error))
        else:
            self._desk.problems.show(error)
