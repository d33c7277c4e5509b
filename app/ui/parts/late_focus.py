"""The focus that an answer brings with it, when it comes."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget


def focus_late(page: QWidget, target: QWidget) -> bool:
    """Give a part of the page the focus, unless nobody sees the page or types beside it.

    Who went on to another page or into the search box meanwhile keeps the keyboard. Says whether
    it was given.
    """
    here = QApplication.focusWidget()
    types = isinstance(here, QLineEdit | QPlainTextEdit) and not page.isAncestorOf(here)
    free = page.isVisible() and not types
    if free:
        target.setFocus()
    return free
