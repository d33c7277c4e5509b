"""A line of text in one of the roles of the style sheet."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QWidget


def label(text: str = "", role: str = "", parent: QWidget | None = None) -> QLabel:
    """A label; `role` is `title`, `strong`, `label`, `note`, `figure`, `countdown` or nothing.

    Never takes its text for markup: what a clerk typed is shown as typed.
    """
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    return made


def tip(text: str) -> str:
    """The text of a tooltip, which Qt would take for markup where it looks like some."""
    if "<" not in text and "&" not in text:
        return text
    return f"<qt>{escape(text)}</qt>".replace("\n", "<br>")


def surface(role: str, parent: QWidget | None = None) -> QFrame:
    """A frame; `role` is `card`, `head`, `bar` or `rule`."""
    made = QFrame(parent)
    made.setProperty("role", role)
    return made
