"""Which page of the help belongs to where somebody is.

A widget is told its page with `about(widget, "backup")`; F1 looks from the focus outwards.
"""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

FIRST = "start"
"""The page where nothing nearer is known."""

_TOPIC = "help_topic"


@runtime_checkable
class HelpsItself(Protocol):
    """Has a word of its own to say before a page is opened (a form, of the field one is in)."""

    def show_help(self) -> bool:
        """Say it; False when there is nothing to say or it stands there already."""


def about(widget: QWidget, page: str) -> None:
    """Say which page, by the name of its file, explains what this widget shows."""
    widget.setProperty(_TOPIC, page)


def topic_of(widget: QObject | None) -> str:
    """The page nearest to the widget, `FIRST` when nothing around it was told one."""
    while widget is not None:
        told = widget.property(_TOPIC)
        if told:
            return str(told)
        widget = widget.parent()
    return FIRST


def said_nearby(widget: QObject | None) -> bool:
    """Let what lies nearest around the widget help by itself; says whether it did."""
    while widget is not None:
        if isinstance(widget, HelpsItself):
            return widget.show_help()
        widget = widget.parent()
    return False
