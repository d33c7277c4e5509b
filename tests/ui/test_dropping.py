"""A package dropped on the window opens the page where it belongs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.services.office.office import Office
from app.services.reviewing import answers
from app.ui.dropping import Dropping
from app.ui.given_files import GivenFiles
from app.ui.page_context import PageContext
from app.ui.problems import Notice, Problems
from app.ui.shell.page import Page, Place, Who
from app.ui.shell.shell import Shell
from app.ui.ui_memory import UiMemory
from app.ui.worker import Worker
from tests.services.conftest import city, clock, county, grounds
from tests.services.offices import COUNTY

__all__ = ["city", "clock", "county", "grounds"]


class Taking(Page):
    """A page that remembers what it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[Path] = []

    def take_files(self, paths: Sequence[Path]) -> None:
        self.taken += paths


@pytest.fixture
def told() -> list[Notice]:
    return []


@pytest.fixture
def given() -> GivenFiles:
    """What was opened with the program."""
    return GivenFiles()


@pytest.fixture
def desk(
    qtbot: QtBot, worker: Worker, county: Office, tmp_path: Path, told: list[Notice]
) -> PageContext:
    window = QWidget()
    qtbot.addWidget(window)
    problems = Problems(lambda error: None, window)
    problems.noticed.connect(told.append)
    memory = UiMemory(tmp_path)
    return PageContext(
        county, worker, problems, memory, lambda name: True, lambda name, count: None
    )


@pytest.fixture
def shell(qtbot: QtBot, desk: PageContext, given: GivenFiles) -> Shell:
    places = [Place(name, name, "house", Taking) for name in ("home", "submit")]
    made = Shell([places], Who("沙湾区总工会", "李经办"), desk.memory)
    qtbot.addWidget(made)
    made.go("home")
    Dropping(desk, made, given)
    made.show()
    return made


def carried(*paths: Path, text: str = "") -> QMimeData:
    data = QMimeData()
    if paths:
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    if text:
        data.setText(text)
    return data


def enter(shell: Shell, data: QMimeData) -> bool:
    event = QDragEnterEvent(
        shell.rect().center(),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.ignore()
    QApplication.sendEvent(shell, event)
    return event.isAccepted()


def drop(shell: Shell, data: QMimeData) -> None:
    event = QDropEvent(
        QPointF(shell.rect().center()),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(shell, event)


@pytest.mark.usefixtures("dressed")
def test_an_answer_opens_the_page_that_takes_it(
    qtbot: QtBot, shell: Shell, city: Office, tmp_path: Path, told: list[Notice]
) -> None:
    files = answers.answer(city, COUNTY, tmp_path / "down").files
    assert enter(shell, carried(*files))
    assert not enter(shell, carried(text="走访登记"))
    dropping = shell.findChild(Dropping)
    assert dropping is not None
    with qtbot.waitSignal(dropping.handed) as handed:
        drop(shell, carried(tmp_path / "down"))
    assert handed.args == ["submit"]
    page = shell.page
    assert isinstance(page, Taking)
    assert {path.name for path in page.taken} == {file.name for file in files}
    assert "回执答复" in told[-1].what


@pytest.mark.usefixtures("dressed")
def test_what_belongs_nowhere_is_named_and_nothing_opens(
    qtbot: QtBot, shell: Shell, tmp_path: Path, told: list[Notice]
) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"\xff\xd8\xff\xe0")
    dropping = shell.findChild(Dropping)
    assert dropping is not None
    assert enter(shell, carried(photo))
    with qtbot.waitSignal(dropping.refused):
        drop(shell, carried(photo))
    assert shell.current == "home"
    assert told[-1].what == "这里不能接收：photo.jpg（不是报送文件）。"
    empty = tmp_path / "empty"
    empty.mkdir()
    assert enter(shell, carried(empty))
    with qtbot.waitSignal(dropping.refused):
        drop(shell, carried(empty))
    assert "没有报送文件" in told[-1].what


@pytest.mark.usefixtures("dressed")
def test_a_file_opened_with_the_program_goes_there_too(
    qtbot: QtBot, shell: Shell, city: Office, tmp_path: Path, given: GivenFiles
) -> None:
    files = answers.answer(city, COUNTY, tmp_path / "down").files
    dropping = shell.findChild(Dropping)
    assert dropping is not None
    with qtbot.waitSignal(dropping.handed) as handed:
        given.put(files)
    assert handed.args == ["submit"]
    assert not given.take()


def test_what_nobody_can_take_yet_waits(given: GivenFiles, tmp_path: Path) -> None:
    paths = [tmp_path / f"{n}.zfpkg" for n in range(4)]
    given.put(paths)
    assert given.names == "0.zfpkg、1.zfpkg、2.zfpkg等 4 个文件"
    assert given.take() == paths
    assert not given.names
