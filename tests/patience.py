"""Waiting for a signal, never for a time: a slow machine is no failure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

PATIENCE = 600_000
"""Milliseconds until a wait counts as endless; only a test that fails ever spends them."""


class PatientBot(QtBot):
    """pytest-qt's bot, whose waits end when the thing happens, however busy the machine is.

    It holds the windows given to it: one that only itself refers to is taken by the garbage
    collector in the middle of a test, and nothing is heard of its signals any more.
    """

    def __init__(self, request: pytest.FixtureRequest) -> None:
        super().__init__(request)
        self._windows: list[QWidget] = []

    def addWidget(self, widget: QWidget, *, before_close_func: Any = None) -> None:
        self._windows.append(widget)
        super().addWidget(widget, before_close_func=before_close_func)

    def waitSignal(self, signal: SignalInstance, *, timeout: int = PATIENCE, **rest: Any) -> Any:
        return super().waitSignal(signal, timeout=timeout, **rest)

    def waitSignals(
        self, signals: list[SignalInstance], *, timeout: int = PATIENCE, **rest: Any
    ) -> Any:
        return super().waitSignals(signals, timeout=timeout, **rest)

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitActive(self, widget: QWidget, *, timeout: int = PATIENCE) -> Any:
        return super().waitActive(widget, timeout=timeout)

    def waitExposed(self, widget: QWidget, *, timeout: int = PATIENCE) -> Any:
        return super().waitExposed(widget, timeout=timeout)
