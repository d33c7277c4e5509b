"""The program itself, for tests of its end: `falling.py HOW --data DIR`.

HOW is `close` (the window is closed when it is there), `segfault` or `kill`. What a dialog
says meanwhile is printed, and the dialog closed.
"""

from __future__ import annotations

import os
import signal
import sys
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QLabel

from app.__main__ import main
from app.ui.desktop import Desktop

_SIGNALS = {"segfault": signal.SIGSEGV, "kill": signal.SIGKILL}


def _end(desktop: Desktop, how: str) -> None:
    for dialog in desktop.window.findChildren(QDialog):
        words = "".join(label.text() for label in dialog.findChildren(QLabel))
        sys.stdout.write(words.replace("\n", ""))
        dialog.reject()
    if how in _SIGNALS:
        os.kill(os.getpid(), _SIGNALS[how])
    desktop.window.close()


def _run(how: str) -> int:
    start = Desktop.start

    def started(desktop: Desktop) -> None:
        desktop.listed.connect(lambda: QTimer.singleShot(0, partial(_end, desktop, how)))
        start(desktop)

    Desktop.start = started  # type: ignore[method-assign, assignment]
    return main()


if __name__ == "__main__":
    sys.exit(_run(sys.argv.pop(1)))
