"""二次录入, where it begins: how many are drawn, how many wait, how often two differed."""

from __future__ import annotations

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.services.records.keying_samples import LEAST, MOST, Sample
from app.services.records.second_papers import Waiting
from app.ui.parts.label import label
from app.ui.theme import LIGHT
from app.ui.ui_memory import UiMemory

_MEMORY, _USUAL = "second/every", "10"
_WHAT = (
    "从新录的里面抽几张，换一位经办人照着纸再录一遍，录的时候看不到原来的。"
    "两遍一样的就算已核对；不一样的并排列出来，看纸定哪个对。"
)


class StartView(QWidget):
    """Asks for one of how many, and tells what waits."""

    def __init__(self, memory: UiMemory) -> None:
        super().__init__()
        self._memory = memory
        what = label(_WHAT, "note")
        what.setWordWrap(True)
        self.every = QLineEdit()
        self.every.setValidator(QIntValidator(LEAST, MOST, self))
        self.every.setText(memory.text(_MEMORY, _USUAL))
        self.every.setFixedWidth(72)
        self.every.setAccessibleName("每几条抽一条")
        line = QHBoxLayout()
        for part in (label("每"), self.every, label("条新录的抽一条，从随机的一条起")):
            line.addWidget(part)
        line.addStretch(1)
        self.waits, self.others, self.rate = label("", "strong"), label(), label("", "note")
        column = QVBoxLayout(self)
        column.setContentsMargins(*[LIGHT.margin] * 4)
        column.setSpacing(LIGHT.gap)
        column.addWidget(what)
        column.addLayout(line)
        for told in (self.waits, self.others, self.rate):
            told.setWordWrap(True)
            column.addWidget(told)
        column.addStretch(1)

    def take_every(self) -> int:
        """One of how many, 0 where no number was typed; offered again the next time."""
        typed = self.every.text().strip()
        self._memory.keep(_MEMORY, typed)
        return int(typed) if typed.isascii() and typed.isdigit() else 0

    def show_waiting(self, found: Waiting) -> None:
        """Tell what waits for whom, and how often two differed."""
        mine, others = len(found.mine), found.others
        self.waits.setText(f"等您录的有 {mine} 张。" if mine else "没有等您录的。")
        self.others.setText(
            f"还有 {others} 张是您自己录的，要换一位经办人来录（Ctrl+L）。" if others else ""
        )
        self.others.setVisible(bool(others))
        self.rate.setText(rate_words(found))


def sample_words(sample: Sample) -> str:
    """What was drawn, and from where."""
    return (
        f"新录的 {sample.among} 条，每 {sample.every} 条抽一条，从第 {sample.start} 条起，"
        f"抽到 {sample.drawn} 张。"
    )


def rate_words(found: Waiting) -> str:
    """How often two operators read one paper differently."""
    if not found.done:
        return ""
    rate = f"（{found.differing / found.compared:.1%}）" if found.compared else ""
    return f"已再录 {found.done} 张，比对 {found.compared} 栏，不一样 {found.differing} 栏{rate}。"
