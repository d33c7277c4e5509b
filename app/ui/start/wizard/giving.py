"""The pages that give: the recovery code to be sealed, and the papers for the city."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QLineEdit, QWidget

from app.domain.kernel.errors import Problem
from app.ui.keys import PRINT, SAVE, Action, Key
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.parts.message_line import MessageLine
from app.ui.problems import notice_of
from app.ui.start.wizard.asking import BROWSE
from app.ui.start.wizard.sheet import print_sheet, printer_name, save_sheet
from app.ui.start.wizard.step import Step
from app.ui.theme import LIGHT, code_style

MAKE = Key("Alt+1", "生成文件和登记表", ("Alt+1",))


def open_paper(paper: Path) -> None:
    """Show a PDF with whatever shows PDFs here, where it can be printed."""
    if paper.exists():
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(paper)))


class RecoveryStep(Step):
    """恢复码: shown once; printed, saved or copied by hand before one goes on."""

    title = "恢复码"
    why = "忘记口令时只有恢复码能打开数据，它不会再显示。请打印或抄下，封存后由负责人锁好。"

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[str] = ()
        self.code = label()
        self.code.setStyleSheet(
            f"background: {LIGHT.sub}; border: 1px solid {LIGHT.line}; border-radius: 4px;"
            f"font-weight: bold; padding: 12px; {code_style(LIGHT.figure)}"
        )
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.code.setAccessibleName("恢复码")
        self.said = MessageLine()
        self.kept = QCheckBox("已打印或抄下，并逐组核对过")
        self.print_action = Action(PRINT, self._print, self, icon="printer")
        self.save_action = Action(SAVE("存为 PDF"), self._ask_where, self)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(KeyButton(self.print_action))
        row.addWidget(KeyButton(self.save_action))
        row.addStretch(1)
        self.column.addWidget(self.code)
        self.column.addLayout(row)
        self.column.addWidget(self.said)
        self.column.addWidget(self.kept)
        self.kept.toggled.connect(self.changed)

    @property
    def first(self) -> QWidget:
        return self.kept

    @property
    def ready(self) -> bool:
        return self.kept.isChecked()

    def show_code(self, code: str, lines: Sequence[str]) -> None:
        """Show the code; `lines` are the sheet to print."""
        self._lines = lines
        half = len(code) // 2
        self.code.setText(f"{code[:half]}\n{code[half + 1 :]}")
        printer = printer_name()
        self.said.say("info", f"打印机：{printer}" if printer else "这台电脑没有打印机。")

    def save_to(self, target: Path) -> None:
        """Write the sheet as a PDF; says below whether it worked."""
        try:
            save_sheet(self._lines, target)
        except Problem as problem:
            self._refuse(problem)
        else:
            self.said.say("ok", f"已保存：{target}。打印后请删掉这个文件。")

    def _print(self) -> None:
        try:
            print_sheet(self._lines)
        except Problem as problem:
            self._refuse(problem)
        else:
            self.said.say("ok", "已送到打印机。请拿到纸后再往下走。")

    def _refuse(self, problem: Problem) -> None:
        self.said.say(notice_of(problem).kind, str(problem))

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, "保存恢复码", str(Path.home() / "恢复码.pdf"), "PDF (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self._save_and_open(Path(chosen)))
        dialog.open()

    def _save_and_open(self, target: Path) -> None:
        self.save_to(target)
        open_paper(target)


class FinishStep(Step):
    """What is left to do with the city; `asked(folder)` wants the papers made there."""

    title = "建立好了"
    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.code = label()
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.code.setStyleSheet(f"font-weight: bold; {code_style(LIGHT.title)}")
        self.out = QLineEdit()
        self.out.setPlaceholderText("优盘上的文件夹")
        browse = Action(BROWSE, self._browse, self, icon="folder-open")
        self.make_action = Action(MAKE, self._ask, self)
        self.open_action = Action(PRINT("打开登记表"), self._open, self, icon="printer")
        self.paper: Path | None = None
        row = QHBoxLayout()
        row.setSpacing(8)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.out, 1)
        row.addWidget(KeyButton(browse))
        self._where = QWidget()
        self._where.setLayout(row)
        self._make = KeyButton(self.make_action)
        self.said = MessageLine()
        self.add_field("核对码", self.code)
        self.add_field("放到", self._where)
        self.out.setAccessibleName("放登记申请的文件夹")
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(8)
        buttons.addWidget(self._make)
        buttons.addWidget(KeyButton(self.open_action))
        buttons.addStretch(1)
        both = QWidget()
        both.setLayout(buttons)
        self.add_note(both)
        self.add_note(self.said)
        self.out.textChanged.connect(self._enable)
        self._enable()

    @property
    def first(self) -> QWidget:
        return self if self._where.isHidden() else self.out

    def show_code(self, code: str, *, is_city: bool, enabled: bool) -> None:
        """Say what comes next; the papers are offered where there is somebody to give them to."""
        self.code.setText(code)
        offered = enabled and not is_city
        item = self.grid.itemAtPosition(1, 0)
        name = item.widget() if item else None
        for part in (name, self._where, self._make):
            if part is not None:
                part.setVisible(offered)
        if is_city:
            self.explain("这是市总工会的核对码，请写在每封启用函上。启用包在“报送单位登记”里制作。")
        elif enabled:
            self.explain(
                "还要办报送单位登记：把登记申请和盖章的登记表交市总工会，并用电话报下面的核对码。"
                "现在可以登记走访，登记办好后才能报送。"
            )
        else:
            self.explain("还没有装入启用包，现在可以登记走访，装入启用包并办好登记后才能报送。")

    def tell(self, kind: str, words: str) -> None:
        """Say what became of it."""
        self.said.say(kind, words)
        self._enable()

    def show_paper(self, paper: Path) -> None:
        """The 报送单位登记表 is there and can be opened, to print it."""
        self.paper = paper
        self._enable()

    def _open(self) -> None:
        if self.paper is not None:
            open_paper(self.paper)

    def _enable(self) -> None:
        self.open_action.setVisible(self.paper is not None)
        self.make_action.setEnabled(bool(self.out.text().strip()))

    def _ask(self) -> None:
        self.make_action.setEnabled(False)
        self.said.say("info", "正在生成…")
        self.asked.emit(Path(self.out.text().strip()))

    def _browse(self) -> None:
        dialog = QFileDialog(self, "放登记申请的文件夹", self.out.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.out.setText)
        dialog.open()
