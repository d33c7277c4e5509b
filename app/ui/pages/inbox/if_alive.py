"""Answers of the worker that come after the page has gone (切换经办人) are let fall."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from shiboken6 import isValid


def while_alive(owner: QObject, deed: Callable[..., Any], *known: Any) -> Callable[..., None]:
    """`deed(*known, …)` to connect to a signal; nothing happens once the owner was deleted."""

    def run(*told: Any) -> None:
        if isValid(owner):
            deed(*known, *told)

    return run
