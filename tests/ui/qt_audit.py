"""Sees what of Qt is imported or made off the main thread (the rule stands in app.ui.worker)."""

from __future__ import annotations

import builtins
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

from PySide6.QtCore import QObject

_OURS = ("PySide6", "shiboken6", "app.ui")


class Audit(MetaPathFinder):
    """`broken` says, one sentence each, what was done off the main thread that may not be."""

    def __init__(self) -> None:
        self.broken: list[str] = []
        self._build: Callable[..., type] = builtins.__build_class__

    def begin(self) -> None:
        """Watch imports and classes from now on."""
        sys.meta_path.insert(0, self)
        builtins.__build_class__ = self._make

    def end(self) -> None:
        """Watch no longer."""
        sys.meta_path.remove(self)
        builtins.__build_class__ = self._build

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name.startswith(_OURS):
            self._look(f"imported {name}")
        return None

    def _make(self, *given: Any, **named: Any) -> type:
        made = self._build(*given, **named)
        if isinstance(made, type(QObject)):
            self._look(f"made the class {made.__module__}.{made.__qualname__}")
        return made

    def _look(self, what: str) -> None:
        here = threading.current_thread()
        if here is not threading.main_thread():
            self.broken.append(f"the thread “{here.name}” {what}")


@contextmanager
def audited() -> Iterator[Audit]:
    """An audit that watches meanwhile."""
    audit = Audit()
    audit.begin()
    try:
        yield audit
    finally:
        audit.end()
