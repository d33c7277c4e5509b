"""审核 under a record: a question on a field, or what was said by telephone, typed in place."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import FieldSpec
from app.domain.values.dates import parse_date
from app.services.reviewing.reviews import Correction
from app.ui.fields.editor import FieldEditor
from app.ui.fields.making import make_editor
from app.ui.fields.suggestion import Surroundings
from app.ui.keys import ENTER, ESCAPE, commit_composition, tell
from app.ui.parts.label import label
from app.ui.parts.message_line import MessageLine
from app.ui.parts.refusal_bar import sound
from app.ui.theme import LIGHT

_WIDE = 480


class ReviewPanel(QFrame):
    """Hidden until something is asked or corrected.

    `asked(field, question)` when a question was written; `corrected` when the value, who
    said it and the day stand there and Enter was pressed.
    """

    asked = Signal(str, str)
    corrected = Signal()

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._spec: FieldSpec | None = None
        self.value: FieldEditor | None = None
        self._title = label(role="strong")
        self.question = QLineEdit()
        self.question.setAccessibleName("问题")
        self.question.setPlaceholderText("例如：与上年统计差得多，请核对")
        self.question.returnPressed.connect(self.write_question)
        tell(self.question, ENTER("写下问题"), ESCAPE("不写了"))
        self._place = QHBoxLayout()
        self.said_by = QLineEdit()
        self.said_by.setAccessibleName("谁说的")
        self.said_by.setPlaceholderText("姓名、职务")
        self.said_on = QLineEdit()
        self.said_on.setAccessibleName("哪天说的")
        self.said_on.setFixedWidth(116)
        self.said_by.returnPressed.connect(self.said_on.setFocus)
        self.said_on.returnPressed.connect(self.corrected)
        tell(self.said_by, ENTER, ESCAPE("不写了"))
        tell(self.said_on, ENTER("记下更正"), ESCAPE("不写了"))
        self.message = MessageLine()
        self._lay_out()
        self.end()

    @property
    def correcting(self) -> bool:
        """Whether a correction is being typed."""
        return not self.isHidden() and self.value is not None

    def ask(self, spec: FieldSpec, question: str) -> None:
        """Write a question on a field; one that stands already is changed."""
        self._begin(spec, f"对“{spec.label}”的问题")
        self.question.setText(question)
        self.question.show()
        self.question.setFocus()

    def correct(self, spec: FieldSpec, value: object, *, of: int = 1) -> None:
        """Type the value that was told for a field of so many records, from what stands there."""
        several = f"选中的 {of} 条的" if of > 1 else ""
        self._begin(spec, f"{several}“{spec.label}”改为")
        editor = make_editor(spec, self._around)
        editor.load(value)
        editor.next_wanted.connect(self.said_by.setFocus)
        width = editor.natural_width()
        if width is not None:
            editor.setFixedWidth(width)
        editor.setFixedHeight(editor.height_for(width or _WIDE))
        self.value = editor
        self._place.addWidget(editor)
        self._place.addStretch(0 if width is None else 1)
        self._told.show()
        self.said_on.setText(self._around.today().isoformat())
        editor.setFocus()

    @property
    def asking(self) -> bool:
        """Whether a question is being typed."""
        return not self.isHidden() and self.value is None

    def end(self) -> None:
        """Take away what is being typed."""
        self.hide()
        self._clear()

    def correction(self) -> dict[str, Correction] | None:
        """What was told of the field; None, and said here, while something is missing."""
        commit_composition()
        spec, editor = self._spec, self.value
        if spec is None or editor is None:
            return None
        try:
            value = editor.value()
            day = parse_date(self.said_on.text(), today=self._around.today())
            if not self.said_by.text().strip():
                self.said_by.setFocus()
                raise UserError("WHO", "要写明是谁说的。", remedy="请填写姓名、职务。")
        except UserError as error:
            self.message.say("error", f"{error.what}{error.remedy}")
            self.message.show()
            sound()
            return None
        return {spec.name: Correction(value, self.said_by.text().strip(), day)}

    def _begin(self, spec: FieldSpec, title: str) -> None:
        self._clear()
        self._spec = spec
        self._title.setText(title)
        self.show()

    def _clear(self) -> None:
        self.message.hide()
        self.question.clear()
        self.question.hide()
        self._told.hide()
        while self._place.count():
            self._place.takeAt(0)
        if self.value is not None:
            self.value.hide()
            self.value.deleteLater()
            self.value = None

    def write_question(self) -> None:
        """Take the question that stands there; nothing while it is empty."""
        commit_composition()
        text = self.question.text().strip()
        if text and self._spec is not None:
            name = self._spec.name
            self.end()
            self.asked.emit(name, text)

    def _lay_out(self) -> None:
        self._told = QWidget()
        told = QHBoxLayout(self._told)
        told.setContentsMargins(0, 0, 0, 0)
        told.setSpacing(8)
        for words, field in (("谁说的", self.said_by), ("哪天", self.said_on)):
            told.addWidget(label(words, "label"))
            told.addWidget(field)
        self.said_by.setFixedWidth(240)
        told.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(LIGHT.gap)
        row.addWidget(self._title)
        row.addWidget(self.question, 1)
        row.addLayout(self._place, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(LIGHT.margin, 8, LIGHT.margin, 8)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._told)
        column.addWidget(self.message)
