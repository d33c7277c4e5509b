"""The audit that watches every test of the window notices what it is there for."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module

from PySide6.QtCore import QObject

from tests.ui.qt_audit import Audit


def on_a_thread(job: Callable[[], object]) -> None:
    thread = threading.Thread(target=job, name="lane")
    thread.start()
    thread.join()


def test_a_class_of_qt_made_on_a_thread_is_noticed(audit: Audit) -> None:
    def make() -> None:
        class Made(QObject): ...

    make()
    assert audit.broken == []
    on_a_thread(make)
    (said,) = audit.broken
    assert "the thread “lane” made the class" in said
    audit.broken.clear()


def test_a_module_of_the_window_loaded_on_a_thread_is_noticed(audit: Audit) -> None:
    def load() -> None:
        with suppress(ModuleNotFoundError):
            import_module("app.ui.not_there")

    load()
    assert audit.broken == []
    on_a_thread(load)
    assert audit.broken == ["the thread “lane” imported app.ui.not_there"]
    audit.broken.clear()
