"""报送单位登记 on the screen: asked for below, compared and approved at the city."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.services.office.keyring import Keyring
from app.services.office.office import Office
from app.services.packages.trust_issuing import root_of
from app.services.registering import registration
from app.services.starting import setting_up
from app.ui.pages.settings.page import SettingsPage
from app.ui.pages.settings.registration import RegistrationSubject
from app.ui.pages.settings.registration_city import CityRegistrationSubject
from app.ui.worker import Worker
from tests.services.offices import CHEAP, COUNTY, PASSPHRASE, SetClock
from tests.ui.pages.settings import (
    Reopening,
    do,
    fill,
    press,
    print_paper,
    settings_of,
    shown,
    turn_to,
)

THIRD = "511113"


def own(page: SettingsPage) -> RegistrationSubject:
    subject = page.go("registration")
    assert isinstance(subject, RegistrationSubject)
    return subject


def of_city(page: SettingsPage) -> CityRegistrationSubject:
    subject = page.go("registration")
    assert isinstance(subject, CityRegistrationSubject)
    return subject


@pytest.mark.usefixtures("dressed")
def test_an_office_is_invited_asks_and_is_registered(
    qtbot: QtBot, worker: Worker, city: Office, tmp_path: Path, clock: SetClock
) -> None:
    city_page = settings_of(qtbot, worker, city, tmp_path / "kept-city")
    at_city = of_city(city_page)
    qtbot.waitUntil(lambda: at_city.listed.known is not None)
    press(at_city, Qt.Key.Key_N, control=True)
    inviting = at_city.inviting
    qtbot.waitUntil(lambda: inviting.unit.count() > 10)
    inviting.unit.setCurrentIndex(inviting.unit.findData(THIRD))
    inviting.place.set_path(str(tmp_path / "stick"))
    do(qtbot, inviting, Qt.Key.Key_Return)
    assert inviting.code.isVisible()
    codes = dict(line.split("　") for line in inviting.code.text().splitlines())
    print_paper(qtbot, at_city, tmp_path / "启用函.pdf")
    assert (tmp_path / "启用函.pdf").exists()
    press(at_city, Qt.Key.Key_Escape)
    assert shown(at_city) is at_city.listed

    office = setting_up.found(
        tmp_path / "new",
        role="county",
        station=THIRD,
        operator="李",
        passphrase=PASSPHRASE,
        clock=clock,
        cost=CHEAP,
    ).office
    page = settings_of(qtbot, worker, office, tmp_path / "kept-below")
    below = own(page)
    standing, loading = below.standing, below.loading
    qtbot.waitUntil(lambda: "还没有装入启用包" in standing.about.text())
    assert not standing.make.isEnabled()
    press(below, Qt.Key.Key_1, alt=True)
    loading.place.set_path(str(tmp_path / "stick"))
    fill(loading.enable_code, codes["启用码"])
    do(qtbot, loading, Qt.Key.Key_Return)
    assert "没有输入市总工会的核对码" in loading.message.text()
    fill(loading.check_code, codes["核对码"])
    do(qtbot, loading, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "还没有登记" in standing.about.text())
    standing.place.set_path(str(tmp_path / "up"))
    do(qtbot, standing, Qt.Key.Key_Return)
    assert "已生成" in standing.message.text()
    assert {file.suffix for file in (tmp_path / "up").iterdir()} == {".zfpkg", ".pdf"}
    told = standing.code.text()

    turn_to(qtbot, city_page)
    press(at_city, Qt.Key.Key_Return, control=True)
    approving = at_city.approving
    (asked,) = (tmp_path / "up").glob("*.zfpkg")
    approving.file.set_path(str(asked))
    qtbot.waitUntil(lambda: "金口河区总工会" in approving.about.text())
    fill(approving.heard, "0000 0000 0000 0000")
    fill(approving.root, PASSPHRASE)
    approving.place.set_path(str(tmp_path / "down"))
    do(qtbot, approving, Qt.Key.Key_Return)
    assert "核对码与登记文件不一致" in approving.message.text()
    fill(approving.heard, told)
    do(qtbot, approving, Qt.Key.Key_Return)
    assert "金口河区总工会已登记" in at_city.listed.message.text()
    qtbot.waitUntil(lambda: len(at_city.listed.table.texts) == 4)

    turn_to(qtbot, page)
    press(below, Qt.Key.Key_1, alt=True)
    loading.place.set_path(str(tmp_path / "down"))
    do(qtbot, loading, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: standing.about.text().endswith("已登记"))
    office.close()


@pytest.mark.usefixtures("dressed")
def test_a_lost_computer_is_closed_and_its_records_given_back(
    qtbot: QtBot, worker: Worker, city: Office, tmp_path: Path
) -> None:
    page = settings_of(qtbot, worker, city, tmp_path / "kept")
    subject = of_city(page)
    listed, closing = subject.listed, subject.closing
    qtbot.waitUntil(lambda: len(listed.table.texts) == 3)
    listed.table.selectRow(0)
    assert not listed.close_one.isEnabled()
    row = next(i for i, one in enumerate(listed.table.texts) if "沙湾" in one[0])
    listed.table.selectRow(row)
    press(subject, Qt.Key.Key_2, alt=True)
    subject.giving.place.set_path(str(tmp_path / "back"))
    do(qtbot, subject.giving, Qt.Key.Key_Return)
    assert subject.listed.message.text().startswith("已生成")
    assert COUNTY in "".join(file.name for file in (tmp_path / "back").iterdir())
    press(subject, Qt.Key.Key_3, alt=True)
    assert "沙湾区总工会" in closing.what.text()
    fill(closing.root, "not the root")
    closing.place.set_path(str(tmp_path / "out"))
    do(qtbot, closing, Qt.Key.Key_Return)
    assert closing.message.text()
    assert shown(subject) is closing
    fill(closing.root, PASSPHRASE)
    do(qtbot, closing, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: listed.table.texts[row][3] == "已停用")


@pytest.mark.usefixtures("dressed")
def test_the_root_key_is_changed(
    qtbot: QtBot, worker: Worker, city: Office, tmp_path: Path
) -> None:
    page = settings_of(qtbot, worker, city, tmp_path / "kept")
    subject = of_city(page)
    qtbot.waitUntil(lambda: subject.listed.code.text() != "")
    before = subject.listed.code.text()
    press(subject, Qt.Key.Key_1, alt=True)
    root = subject.root
    new = "blue whale sings"
    for field, text in ((root.root, PASSPHRASE), (root.new, new), (root.again, new)):
        fill(field, text)
    root.place.set_path(str(tmp_path / "out"))
    do(qtbot, root, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: subject.listed.code.text() != before)
    assert "换" in subject.listed.message.text()


@pytest.mark.usefixtures("dressed")
def test_the_root_keys_passphrase_alone_is_changed(
    qtbot: QtBot, worker: Worker, city: Office, tmp_path: Path
) -> None:
    page = settings_of(qtbot, worker, city, tmp_path / "kept")
    subject = of_city(page)
    qtbot.waitUntil(lambda: subject.listed.code.text() != "")
    before = subject.listed.code.text()
    press(subject, Qt.Key.Key_1, alt=True)
    root, new = subject.root, "blue whale sings"
    root.only.setChecked(True)
    assert root.place.isHidden()
    for field, text in ((root.root, PASSPHRASE), (root.new, "password"), (root.again, "password")):
        fill(field, text)
    do(qtbot, root, Qt.Key.Key_Return)
    assert "口令太短" in root.message.text()
    for field in (root.new, root.again):
        fill(field, new)
    do(qtbot, root, Qt.Key.Key_Return)
    assert "核对码不变" in subject.listed.message.text()
    assert subject.listed.code.text() == before
    assert root_of(city, new)


@pytest.mark.usefixtures("dressed")
def test_a_new_key_takes_one_back_to_the_unlock_page(
    qtbot: QtBot, worker: Worker, county: Office, tmp_path: Path
) -> None:
    reopening = Reopening()
    page = settings_of(qtbot, worker, county, tmp_path / "kept", reopening)
    subject = own(page)
    qtbot.waitUntil(lambda: subject.standing.about.text().endswith("已登记"))
    print_paper(qtbot, subject, tmp_path / "登记表.pdf")
    assert (tmp_path / "登记表.pdf").exists()
    press(subject, Qt.Key.Key_2, alt=True)
    do(qtbot, subject.renewing, Qt.Key.Key_Return)
    assert [words[:4] for words, _ in reopening.asked] == ["钥匙已换"]
    assert Keyring.open(county.folder.keyring)
    assert registration.standing(county).version
