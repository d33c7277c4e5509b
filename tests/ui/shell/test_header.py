"""The buttons of a page keep their words and keys where the window is narrow."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.ui.keys import Action, key
from app.ui.shell.header import Header

WORDS = (
    ("帮扶记录", "Ctrl+T", ""), ("表格", "F12", "table"), ("帮扶经过", "F6", ""),
    ("打印", "Ctrl+P", "printer"), ("Excel 导入", "Ctrl+I", "upload-simple"),
    ("添加", "Ctrl+N", "plus"),
)  # fmt: skip


def test_no_button_is_cut_off_and_the_signs_come_back(qtbot: QtBot) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    header = Header(around)
    header.set_narrow(True)
    actions = [
        Action(key(shown, words), int, around, icon=sign or None) for words, shown, sign in WORDS
    ]
    around.show()
    header.show_page("帮扶事项", "", "", actions)
    header.resize(2000, header.height())
    QApplication.sendPostedEvents()
    roomy = header.minimumSizeHint().width()
    for width, tight in ((roomy - 100, True), (roomy + 100, False)):
        header.resize(width, header.height())
        header.show()
        QApplication.processEvents()
        QApplication.sendPostedEvents()
        for button in header._buttons:
            assert button.width() >= button.wanted_width(tight=tight)
