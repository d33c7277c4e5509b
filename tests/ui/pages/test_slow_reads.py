"""Nothing says 0 or 没有 before its answer is there: every read is made slow, on every page.

The demonstration is looked at while no read is answered, and again after each answer. What
says that there is nothing and is gone in the end was not true when it was shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.services.office.office import open_office
from app.services.starting.demonstration import on_its_day
from app.ui.parts import loading
from app.ui.parts.label import label
from app.ui.parts.loading import Awaited
from demo import PASSPHRASE, run
from tests.ui.pages.at_work import AtWork
from tests.ui.slow_worker import SlowWorker
from tests.ui.visible import visible_words

_NOTHING = re.compile(
    r"没有|还没|未曾|都到了|都收到|都走访|接得上|^—$|(^|[^0-9.,:：\-])0($| ?[^0-9.:：\-])"
)
_CAPTIONS = frozenset({"谁还没报", "还没收到", "还没有走访的"})
"""Names of places, which say what is looked for there."""

RECORDS = ("visits", "demands", "persons", "cases", "hazards", "enterprises", "plans", "documents")
Go = Callable[[AtWork], object]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A city and its counties after their campaign."""
    folder = tmp_path_factory.mktemp("demo") / "zoufang"
    run(folder, lambda line: None)
    return folder


@pytest.fixture
def slow(
    qtbot: QtBot,
    dressed: QApplication,
    played: Path,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> Iterator[AtWork]:
    """At work in the office named, where no read is answered."""
    worker = SlowWorker()
    office = on_its_day(open_office(played / request.param, PASSPHRASE))
    worker.hold()
    yield AtWork(qtbot, office, worker, tmp_path)
    worker.let_go()
    qtbot.waitUntil(lambda: not worker.is_busy)
    worker.close()
    office.close()


def says_nothing(work: AtWork) -> set[str]:
    """Whatever can be seen that says there is nothing."""
    words = visible_words(work.window) - _CAPTIONS
    return {word for word in words if _NOTHING.search(word)}


def look_on(work: AtWork) -> None:
    """Hold the answers, look, and give them one by one, looking after each."""
    worker = work.worker
    assert isinstance(worker, SlowWorker)
    settled = lambda: worker.holds_all  # noqa: E731  (as waitUntil takes it)
    work.qtbot.waitUntil(settled)
    assert worker.held, "nothing was asked"
    seen = [says_nothing(work)]
    while worker.held:
        worker.let_one()
        work.qtbot.waitUntil(settled)
        QApplication.processEvents()
        work.qtbot.waitUntil(settled)
        seen.append(says_nothing(work))
    for stage, told in enumerate(seen):
        assert told <= seen[-1], f"not true after {stage} answers"
    assert not seen[0], "said before anything was known"


@pytest.mark.parametrize("slow", ["city", "shawan"], indirect=True)
@pytest.mark.parametrize("place", ["home", *RECORDS])
def test_a_place_is_loading_and_not_empty(slow: AtWork, place: str) -> None:
    slow.shell.go(place)
    look_on(slow)


@pytest.mark.parametrize("slow", ["shawan"], indirect=True)
def test_what_takes_long_says_so_and_is_left(slow: AtWork, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "PATIENCE", 0)
    slow.shell.go("visits")
    slow.qtbot.waitUntil(lambda: "正在读取…" in visible_words(slow.window))
    assert slow.shell.go("documents")
    assert slow.shell.current == "documents"


def test_a_read_that_failed_does_not_load_for_ever(qtbot: QtBot, dressed: QApplication) -> None:
    worker = SlowWorker()
    awaited = Awaited(label("零"))
    qtbot.addWidget(awaited)
    awaited.resize(400, 300)
    awaited.show()
    failed: list[Exception] = []
    worker.failed.connect(failed.append)
    awaited.watch(worker.read(lambda: 1 // 0))
    qtbot.waitUntil(lambda: bool(failed))
    assert awaited.waits
    assert "没有读出来，请换到别的页再回来。" in visible_words(awaited)
    worker.close()
