"""回执: the answer to one office, written onto the stick it came on or into a folder."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.exchange.sticks import sticks
from app.services.reviewing import answers
from app.services.reviewing.answers import Answer
from app.ui.keys import ENTER, ESCAPE, Action, Key, tell
from app.ui.page_context import PageContext
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label, surface
from app.ui.theme import LIGHT

_WRITE = Key("Enter", "写到这里", ("Return", "Enter"))
_CHOOSE = Key("F7", "选文件夹", ("F7",))
_ON_STOP = "停止后什么都没有写，可以再写一次。"
Choose = Callable[[], str]


class ReceiptPanel(QFrame):
    """Hidden until `ask`; then it asks where to write.

    `began(Operation, words, what stopping does)`; `said(kind, words)` when it is done;
    `closed` when it goes away.
    """

    began = Signal(object, str, str)
    said = Signal(str, str)
    closed = Signal()

    def __init__(self, desk: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._desk = desk
        self._station = self._name = ""
        self.title = label(role="strong")
        self.note = label(role="note")
        self.folder = QLineEdit()
        self.folder.setAccessibleName("回执写到哪里")
        self.folder.setPlaceholderText("优盘或文件夹")
        self._write = Action(_WRITE, self.write, self)
        self._choose = Action(_CHOOSE, self._choose_folder, self)
        self._cancel = Action(ESCAPE("不写了"), self.end, self)
        tell(self.folder, ENTER("写到这里"), _CHOOSE, ESCAPE("不写了"))
        self.choose_by: Choose = self._dialog
        self._lay_out()
        self.hide()

    def ask(self, station: str, name: str, came_from: Path | None) -> None:
        """Ask where to write the answer to an office; `came_from` is the stick it brought."""
        self._station, self._name = station, name
        self.title.setText(f"{'当面回执' if came_from else '回执'}：{name}")
        told = (
            "收到了哪几次、审核意见、认定和市总去过哪里"
            if self._desk.office.is_city
            else ("收到了哪几次、审核意见和认定")
        )
        self.note.setText(f"写上{told}；对方插上优盘，在“报送”里接收。")
        self.folder.setText(str(came_from or ""))
        self.show()
        self.folder.setFocus()
        self.folder.selectAll()
        if came_from is None:
            self._desk.worker.read(sticks).done.connect(self._offer)

    def end(self) -> None:
        """Ask no longer."""
        self.hide()
        self.closed.emit()

    def write(self) -> None:
        """Write the answer; the panel goes away when it stands there."""
        if not self.folder.text().strip():
            self._choose_folder()
            return
        out = Path(self.folder.text().strip())
        job = partial(answers.answer, self._desk.office, self._station, out)
        operation = self._desk.worker.write(job, long=True)
        operation.done.connect(partial(self._written, out))
        self.began.emit(operation, f"正在给{self._name}写回执", _ON_STOP)
        self.end()

    def _written(self, out: Path, answer: Answer) -> None:
        told = f"，审核意见和认定 {answer.reviews} 条" if answer.reviews else ""
        told += f"，告知市总去过的 {answer.notices} 条" if answer.notices else ""
        told += f"，收到的纸质 {answer.papers} 条" if answer.papers else ""
        told += "，别的单位已有的人和单位的提示" if answer.hinted else ""
        told += f"，考评结果 {answer.sheets} 份" if answer.sheets else ""
        told += "，新版程序" if answer.newer_program else ""
        waits = f"还有 {answer.waiting} 条审核等负责人确认，不在里面。" if answer.waiting else ""
        self.said.emit(
            "ok", f"给{self._name}的回执已写到“{out}”：{len(answer.files)} 个文件{told}。{waits}"
        )

    def _offer(self, found: list[Path]) -> None:
        if found and not self.folder.text():
            self.folder.setText(str(found[0]))
            self.folder.selectAll()

    def _choose_folder(self) -> None:
        chosen = self.choose_by()
        if chosen:
            self.folder.setText(chosen)
            self.folder.setFocus()

    def _dialog(self) -> str:
        return QFileDialog.getExistingDirectory(self, "回执写到哪里", self.folder.text())

    def _lay_out(self) -> None:
        head = surface("head")
        head.setFixedHeight(LIGHT.icon_row)
        heading = QHBoxLayout(head)
        heading.setContentsMargins(LIGHT.margin, 0, LIGHT.margin, 0)
        heading.addWidget(self.title)
        heading.addWidget(self.note, 1)
        row = QHBoxLayout()
        row.setContentsMargins(LIGHT.margin, 8, LIGHT.margin, 8)
        row.setSpacing(8)
        row.addWidget(label("写到", "label"))
        row.addWidget(self.folder, 1)
        for action in (self._choose, self._cancel, self._write):
            row.addWidget(KeyButton(action))
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(head)
        column.addLayout(row)
