"""The locked versions are the ones that were chosen, and they load on this machine."""

from __future__ import annotations

import contextlib

import PySide6
import sqlcipher3.dbapi2
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot


def test_qt_is_the_last_release_for_old_desktops() -> None:
    assert PySide6.__version__ == "6.9.3"


def test_the_store_engine_is_free_of_the_wal_reset_fault() -> None:
    assert sqlcipher3.dbapi2.sqlite_version_info >= (3, 51, 3)


def test_the_store_engine_can_encrypt() -> None:
    with contextlib.closing(sqlcipher3.dbapi2.connect(":memory:")) as connection:
        assert connection.execute("PRAGMA cipher_version").fetchone()


def test_a_widget_opens_without_a_screen(qtbot: QtBot) -> None:
    label = QLabel("走访帮扶登记系统")
    qtbot.addWidget(label)
    label.show()
    assert label.isVisible()
