"""One criterion of 考评结果 beside the table: how it came about, what was said and answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit

from app.domain.values.dates import format_date
from app.services.evaluating import result_sheets
from app.services.evaluating.result_sheets import SheetRow, SheetSeen
from app.services.evaluating.sheet_letter import points_words
from app.services.office.office import Office
from app.ui.fields.line import has_focus_within
from app.ui.keys import ENTER, ESCAPE, SAVE, Action, commit_composition, tell
from app.ui.pages.statistics.reason_field import LONGEST_SAID, ReasonField
from app.ui.parts.card import Card
from app.ui.parts.label import label
from app.ui.parts.scrolled import Scrolled
from app.ui.theme import LIGHT

_LONG = 14
"""Characters of a name beyond which the head may cut it: it stands below in full."""


class ResultCell(Card):
    """`wanted(job)` when an 申诉 is to be written; `left` on Esc."""

    wanted = Signal(object)
    left = Signal()

    def __init__(self, office: Office) -> None:
        super().__init__(" ", " ")
        self._office = office
        self._found: SheetSeen | None = None
        self._row: SheetRow | None = None
        self.whole = label()
        self.how, self.figure, self.evidence, self.told = (label(role="note") for _ in range(4))
        self.said, self.proof = ReasonField("申诉理由", LONGEST_SAID), QLineEdit()
        self.proof.setAccessibleName("依据")
        self._lay_out()
        self.said.next_wanted.connect(self.proof.setFocus)
        self.proof.returnPressed.connect(self._write)
        Action(SAVE("存好"), self._save, self)
        Action(ESCAPE("不改了"), self._leave, self)

    def show_row(self, found: SheetSeen | None, row: SheetRow | None) -> None:
        """Show a criterion; the 申诉 that waits for its answer stands in the fields."""
        self._found, self._row = found, row
        waiting = row.waiting.record if row and row.waiting else None
        self.title.setText(row.line.name if row else "")
        self.whole.setText(row.line.name if row and len(row.line.name) > _LONG else "")
        self.note.setText(f"满分 {points_words(row.line.full)} 分" if row else "")
        self.how.setText(row.line.how if row else "")
        self.figure.setText(f"取数时：{row.line.figure}" if row and row.line.figure else "")
        self.evidence.setText(f"依据：{row.line.evidence}" if row and row.line.evidence else "")
        self.told.setText("\n".join(_told(found, row)) if found and row else "")
        self.said.setText(waiting.said if waiting else "")
        self.proof.setText(waiting.evidence if waiting else "")
        self.proof.setCursorPosition(0)
        for field in (self.said, self.proof):
            field.setEnabled(found is not None and row is not None and not found.issued)
        for one in (self.whole, self.how, self.figure, self.evidence, self.told):
            one.setVisible(bool(one.text()))

    def go_in(self) -> None:
        """Put the focus where the reason is typed."""
        if self.said.isEnabled():
            self.said.setFocus()
            self.said.selectAll()

    def _lay_out(self) -> None:
        scrolled = Scrolled()
        column = scrolled.column
        column.setContentsMargins(LIGHT.margin, LIGHT.margin, LIGHT.margin, LIGHT.gap)
        column.setSpacing(8)
        for one in (self.whole, self.how, self.figure, self.evidence, self.told):
            one.setWordWrap(True)
            column.addWidget(one)
        form = QFormLayout()
        form.addRow(label("申诉理由", "label"), self.said)
        form.addRow(label("依据", "label"), self.proof)
        column.addLayout(form)
        column.addStretch(1)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(scrolled)
        tell(self.proof, ENTER("存好"), ESCAPE("不改了"))

    def _leave(self) -> None:
        self.left.emit()
        self.show_row(self._found, self._row)

    def _save(self) -> None:
        if has_focus_within(self):
            self._write()

    def _write(self) -> None:
        commit_composition()
        if self._found is not None and self._row is not None:
            job: Callable[[], object] = partial(
                result_sheets.object_to,
                self._office,
                self._found.state.id,
                self._row.line.id,
                self.said.text(),
                self.proof.text(),
                base=self._found,
            )
            self.wanted.emit(job)


def _told(found: SheetSeen, row: SheetRow) -> Iterator[str]:
    for one in row.answers:
        day = format_date(one.on) if one.on else ""
        changed = f"改为 {points_words(one.points)} 分" if one.points else "不改"
        yield f"申诉：{one.said}\n{day}{found.maker}{one.by}答复：{one.answer}　{changed}"
    if row.waiting is not None:
        day = format_date(row.waiting.record.said_on) if row.waiting.record.said_on else ""
        yield f"{day}{row.waiting.record.said_by}写了申诉，随下次报送交上去，等答复。"
    elif found.issued:
        yield "已经定稿，不能再申诉。"
