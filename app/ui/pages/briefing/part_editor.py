"""One part of an issue of 简报, written here: its heading, its words, where it came from."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from app.domain.records import BriefingPart
from app.services.letters.briefing_items import as_of_words
from app.ui.fields.editor import State, paint_state
from app.ui.fields.prose import Prose
from app.ui.keys import ENTER, ESCAPE, SAVE, Key, tell
from app.ui.parts.card import Card
from app.ui.parts.label import label

_LONGEST = 100


class PartEditor(Card):
    """What is typed stands in `typed`; `changed` tells whether it is other than what is kept."""

    def __init__(self) -> None:
        super().__init__("这一部分", " ")
        self._part: BriefingPart | None = None
        self.heading = QLineEdit()
        self.heading.setAccessibleName("标题")
        self.heading.setPlaceholderText("标题")
        self.heading.setMaxLength(_LONGEST)
        self.text = Prose()
        self.text.setAccessibleName("内容")
        self.text.setPlaceholderText("内容")
        self.basis = label(role="note")
        self.basis.setWordWrap(True)
        self.body.setSpacing(8)
        self.body.addWidget(self.heading)
        self.body.addWidget(self.text, 1)
        self.body.addWidget(self.basis)
        self.heading.returnPressed.connect(self.text.setFocus)
        self.text.previous_wanted.connect(self.heading.setFocus)
        tell(self.heading, ENTER("到内容"), SAVE, ESCAPE("回到各部分"))
        tell(self.text, Key("Enter", "另起一段"), SAVE, ESCAPE("回到各部分"))

    @property
    def part(self) -> str:
        """The id of the part shown, "" without one."""
        return self._part.id if self._part is not None else ""

    @property
    def typed(self) -> tuple[str, str]:
        """Heading and text as they are typed."""
        return self.heading.text().strip(), self.text.toPlainText().strip()

    @property
    def changed(self) -> bool:
        """Whether something was typed that is not kept."""
        return self._part is not None and not self.holds(self._part)

    def holds(self, part: BriefingPart) -> bool:
        """Whether what is typed is what a part says."""
        return self.typed == (part.heading.strip(), part.text.strip())

    def show_part(self, part: BriefingPart | None, *, locked: bool) -> None:
        """Show a part; a locked one is only read."""
        self._part = part
        told = (part.heading.strip(), part.text.strip()) if part else ("", "")
        if self.typed != told:  # the cursor stays where what is typed was kept
            self.heading.setText(told[0])
            self.text.setPlainText(told[1])
        for field in (self.heading, self.text):
            field.setReadOnly(locked)
            field.setEnabled(part is not None)
            paint_state(field, State.LOCKED if locked else State.PLAIN)
        self.note.setText("已印发，不能改" if locked else "")
        self.basis.setText(_basis(part))


def _basis(part: BriefingPart | None) -> str:
    if part is None:
        return "这一期还没有内容：选信息、取定稿的数，或者自己写一段。"
    if part.figures_as_of is not None:
        return f"印在后面：{as_of_words(part.figures_as_of, part.figures_from)}"
    return f"印在后面：（{part.source}）" if part.source else ""
