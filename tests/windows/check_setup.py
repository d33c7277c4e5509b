"""The set-up for Windows, installed under wine, used, and removed; `make test-windows`.

Not among the usual tests: it needs the Debian 13 of `packaging/windows/root.sh`, as root.
ZOUFANG_SETUP names the set-up, ZOUFANG_ROOT that root, ZOUFANG_PICTURES where what is seen is kept.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import __version__
from tests.houses import NEWER
from tests.installed_updates import BROKEN, Publisher
from tests.linux.screen import Screen, until
from tests.windows.wine import Wine, shown

HOME = "Program Files/zoufang"
DATA = "ProgramData/zoufang/data"
COMMANDS = "C:\\Program Files\\zoufang\\zoufang-cmd.exe"
WINDOW = "C:\\Program Files\\zoufang\\zoufang.exe"
WHERE = ("--data", "C:\\ProgramData\\zoufang\\data")
PASSPHRASE = "walk-the-yellow-river-9"
ACCENT = "#B4232A"
UNIT = {"name": "沙湾水泥厂", "kind": "企业", "area": "沙湾镇"}
KIND = "HKLM\\Software\\Classes\\zoufang.package\\shell\\open\\command"


@pytest.fixture(scope="module")
def wine() -> Iterator[Wine]:
    """A new computer, and the set-up on it."""
    computer = Wine(Path(os.environ["ZOUFANG_ROOT"]))
    computer.begin()
    shutil.copyfile(os.environ["ZOUFANG_SETUP"], computer.disk / "setup.exe")
    yield computer
    computer.end()


def test_installed_used_and_removed(wine: Wine, tmp_path: Path) -> None:
    install(wine)
    assert f'"{WINDOW}" "%1"' in wine.run("reg", "query", KIND, "/ve").replace("\\\\", "\\")
    begin_data(wine)
    with shown() as seen:
        key_one_visit(wine, seen)
    (visit,) = listed(wine)
    assert visit["record"]["leaders"] == ["王主席"]
    assert visit["record"]["enterprise_name"] == UNIT["name"]
    assert visit["record"]["opinions"] == "工会组织健全，职工有活动室。"
    before = store(wine)
    install(wine)
    assert store(wine) == before
    assert len(listed(wine)) == 1
    update(wine, Publisher(tmp_path))
    before = store(wine)
    remove(wine)
    assert not (wine.disk / HOME).exists()
    assert store(wine) == before


def install(wine: Wine) -> None:
    """Without a word, for everybody at the computer."""
    wine.run("C:\\setup.exe", "/S", "/AllUsers")
    assert (wine.disk / HOME / "zoufang.exe").exists()


def update(wine: Wine, publisher: Publisher) -> None:
    """One that falls is given up by itself, the next is run; the data are there with both."""
    publisher.become_known(wine.disk / HOME / "program")
    for version, then in ((BROKEN, __version__), (NEWER, NEWER)):
        publisher.publish(version, wine.disk / "newer.zfupdate")
        words = ("update", "install", "C:\\newer.zfupdate", *WHERE)
        wine.run(COMMANDS, *words, ZOUFANG_PASSPHRASE=PASSPHRASE)
        assert then in wine.run(COMMANDS, "--version")
        assert len(listed(wine)) == 1


def begin_data(wine: Wine) -> None:
    words = ("init", *WHERE, "--role", "city", "--unit", "511100", "--operator", "张三")
    wine.run(COMMANDS, *words, ZOUFANG_PASSPHRASE=PASSPHRASE)
    add = ("add", *WHERE, "enterprise", "--from", "-")
    wine.run(COMMANDS, *add, said=json.dumps(UNIT), ZOUFANG_PASSPHRASE=PASSPHRASE)


def key_one_visit(wine: Wine, seen: Screen) -> None:
    """From the passphrase to the saved visit, by keys alone; then the window is closed."""
    pictures = Path(os.environ.get("ZOUFANG_PICTURES", "build/windows/pictures"))
    with wine.start(WINDOW, display=seen.display) as program:
        until(lambda: seen.colour(840, 478) == ACCENT, "the button 打开")
        seen.picture(pictures / "unlock.png")
        seen.type(PASSPHRASE)
        seen.press("Return")
        until(lambda: seen.colour(1, 100) == ACCENT, "首页")
        seen.press("ctrl+n")
        until(lambda: seen.colour(1, 148) == ACCENT, "走访登记")
        until(lambda: seen.colour(760, 694) == ACCENT, "the form")
        for text, after in FORM:
            seen.type(text)
            seen.press(*after)
        seen.picture(pictures / "keyed.png")
        before = last_save(wine)
        seen.press("ctrl+s")
        until(lambda: last_save(wine) != before, "the save")
        seen.picture(pictures / "saved.png")
        open_package(wine, seen)
        seen.picture(pictures / "opened.png")
        # Over an open program nothing is installed.
        wine.run("C:\\setup.exe", "/S", "/AllUsers", ends=2)
        seen.press("alt+F4")
        assert program.wait() == 0


def open_package(wine: Wine, seen: Screen) -> None:
    """A file opened as by a double click goes to the window that is there, into 收件."""
    (wine.disk / "送来.zfpkg").write_bytes(b"no package")
    wine.run("start", "C:\\送来.zfpkg", DISPLAY=seen.display)
    until(lambda: seen.colour(1, 517) == ACCENT, "收件")


FORM = (
    ("王主席", ("Return",)),
    (UNIT["name"], ("Return",)),
    ("120", ("Tab", "Tab")),
    ("工会组织健全，职工有活动室。", ("Tab",)),
    ("2011-11-20", ("Tab",)),
)
"""What is keyed, and the keys after each."""


def last_save(wine: Wine) -> str:
    """The number of the last save, which stands outside the store."""
    return (wine.disk / DATA / "last-save").read_text("utf-8")


def store(wine: Wine) -> bytes:
    return (wine.disk / DATA / "store.db").read_bytes()


def listed(wine: Wine) -> list[dict[str, dict[str, object]]]:
    words = ("list", *WHERE, "visit", "--json")
    told = wine.run(COMMANDS, *words, ZOUFANG_PASSPHRASE=PASSPHRASE)
    found: list[dict[str, dict[str, object]]] = json.loads(told)["records"]
    return found


def remove(wine: Wine) -> None:
    """The program goes; its remover goes last, by itself."""
    wine.run("C:\\Program Files\\zoufang\\uninstall.exe", "/AllUsers", "/S")
    until(lambda: not (wine.disk / HOME).exists(), "the end of the removal")
