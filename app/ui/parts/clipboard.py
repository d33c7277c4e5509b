"""A table onto the clipboard, as text and as a table."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication


def put_table(text: str, html: str) -> None:
    """Put it there: tabs for a plain field, the table for a sheet or a letter."""
    clipboard = QApplication.clipboard()
    clipboard.setText(text)
    # What was put there by Qt itself gets the table too: an object made here would
    # outlive Python on the clipboard.
    clipboard.mimeData().setHtml(html)
