"""加入服务器 on the screen: the address and a passphrase, then the pages open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.bootstrap import wiring_for
from app.ui.desktop import Desktop
from database.store.server_note import Server, write_note
from tests.services.offices import PASSPHRASE, found_city, new_clock
from tests.ui.servers import there


@pytest.fixture(autouse=True)
def _passwords(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "passwords"))


@pytest.fixture
def desktop(qtbot: QtBot, dressed: QApplication, tmp_path: Path) -> Iterator[Desktop]:
    folder = tmp_path / "data"
    folder.mkdir()
    desktop = Desktop(folder, wiring_for(folder), dressed)
    with qtbot.waitSignal(desktop.painted):
        desktop.start()
    yield desktop
    desktop.close()
    desktop.window.close()


def test_a_second_computer_joins_by_address_and_passphrase(
    qtbot: QtBot, desktop: Desktop, tmp_path: Path
) -> None:
    city = found_city(tmp_path / "first", new_clock())
    assert city.store.server
    where = there(city.store.server)
    city.close()
    page = desktop.wizard
    assert page is not None
    page.role.choose("server")
    with qtbot.waitSignal(page.moved):
        page.next_action.trigger()
    step = page.server
    for field, text in (
        (step.host, where.host),
        (step.database, where.database),
        (step.user, where.user),
        (step.password, where.password),
        (step.person, "市经办"),
        (step.secret, "不对的口令 2011"),
    ):
        field.setText(text)
    page.next_action.trigger()
    assert "请先看清" in page.message.text()
    assert step.agreed
    assert step.agreed.hasFocus()
    step.agreed.setChecked(True)
    page.next_action.trigger()
    qtbot.waitUntil(lambda: "口令不对" in page.message.text())
    step.secret.setText(PASSPHRASE)
    with qtbot.waitSignal(page.joined):
        page.next_action.trigger()
    assert "已加入服务器" in str(desktop.unlock and desktop.unlock.message.text())
    assert desktop.unlock
    said = [one.text() for one in desktop.unlock.findChildren(QLabel)]
    assert any("数据在服务器" in text for text in said)
    note = (tmp_path / "data" / "store.db").read_text()
    assert "se:cret" not in note
    assert (tmp_path / "passwords").read_text().endswith(":zoufang:se\\:cret\n")


def test_a_server_out_of_reach_is_said_and_asked_again_until_it_is_there(
    qtbot: QtBot, dressed: QApplication, tmp_path: Path
) -> None:
    city = found_city(tmp_path / "first", new_clock())
    root = city.folder.root
    city.close()
    notes = [root / name for name in ("store.db", "attachments.db", "keyring.json", "root.key")]
    true = [note.read_bytes() for note in notes]
    for note in notes:
        write_note(note, Server("postgresql://zoufang@127.0.0.1:1/city"))
    desktop = Desktop(root, wiring_for(root), dressed)
    with qtbot.waitSignal(desktop.refused):
        desktop.start()
    page = desktop.unlock
    assert page
    assert "连不上服务器" in page.message.text()
    for note, content in zip(notes, true, strict=True):
        note.write_bytes(content)
    with qtbot.waitSignal(desktop.listed):
        pass
    assert page.message.text() == ""
    assert page.people.chosen
    desktop.close()
    desktop.window.close()


def test_setting_up_on_a_server_is_agreed_to_first(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = desktop.wizard
    assert page is not None
    page._go("operator")
    step = page.operator
    assert step.agreed
    assert step.agreed.isHidden()
    monkeypatch.setenv("ZOUFANG_DATABASE_URL", "postgresql://zoufang@127.0.0.1/city")
    page._go("operator")
    assert step.agreed.isVisible()
    step.name.setText("王新")
    step.passphrase.setText(PASSPHRASE)
    step.again.setText(PASSPHRASE)
    page.next_action.trigger()
    assert "请先看清" in page.message.text()
    assert step.agreed.hasFocus()
