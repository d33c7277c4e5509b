"""关于: what it is made of can be read, and a report can be saved that names nobody."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.records import Person
from app.services.records import saving
from app.ui.pages.settings.about import AboutSubject
from app.ui.pages.settings.page import SettingsPage
from tests.ui.pages.at_work import AtWork


def about(at_work: AtWork) -> AboutSubject:
    at_work.shell.go("settings")
    subject = cast(SettingsPage, at_work.shell.page).go("about")
    at_work.rest()
    return cast(AboutSubject, subject)


def test_versions_and_the_place_of_the_data_are_told(at_work: AtWork) -> None:
    subject = about(at_work)
    said = subject.facts.versions.text()
    for name in ("程序 1.", "Python 3.", "SQLite 3.", "SQLCipher 4.", "Qt 6."):
        assert name in said
    assert subject.facts.folder.text() == str(at_work.office.folder.root)


def test_every_licence_can_be_read(at_work: AtWork) -> None:
    subject = about(at_work)
    names = [part.name for part in subject.facts.parts]
    for wanted in ("zoufang", "PySide6_Essentials", "SQLAlchemy", "Noto Sans SC", "Phosphor Icons"):
        assert wanted in names
    subject.facts.table.setCurrentIndex(
        subject.facts.table.model().index(names.index("PySide6_Essentials"), 0)
    )
    subject.facts.table.setFocus()
    at_work.press(Qt.Key.Key_Return)
    at_work.rest()
    assert "LESSER GENERAL PUBLIC LICENSE" in subject.licence.text.toPlainText()
    at_work.press(Qt.Key.Key_Escape)
    assert subject.panel is subject.facts


def test_a_report_holds_versions_and_nobodys_name(
    qtbot: QtBot, at_work: AtWork, tmp_path: Path
) -> None:
    person = {"name": "周试填", "resident_id": "11010519491231002X", "consent_on": "2011-07-01"}
    saving.save(at_work.office, Person, person, accept={})
    subject = about(at_work)
    target = tmp_path / "报告.txt"
    with qtbot.waitSignal(subject.facts.settled):
        subject.facts.save_to(target)
    text = target.read_text("utf-8")
    assert "SQLCipher：4." in text
    assert "周试填" not in text
    assert "11010519491231002X" not in text
    assert "已保存" in subject.facts.message.text()


def test_a_report_that_cannot_be_written_says_so(
    qtbot: QtBot, at_work: AtWork, tmp_path: Path
) -> None:
    subject = about(at_work)
    with qtbot.waitSignal(subject.facts.settled):
        subject.facts.save_to(tmp_path / "没有这个文件夹" / "报告.txt")
    assert "已保存" not in subject.facts.message.text()
