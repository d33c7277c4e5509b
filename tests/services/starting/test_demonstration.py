"""What is the demonstration stands in the data itself, wherever it lies."""

from __future__ import annotations

import datetime as dt
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from app.opening import open_office_at
from app.services.office.clock import wall_clock
from app.services.office.file_lock import FileLock
from app.services.office.folder_lock import LOCK
from app.services.office.office import Office, open_office
from app.services.starting import first_start, setting_up
from app.services.starting.demonstration import on_its_day, place_for, throw_away
from app.services.starting.first_start import Answers
from demo.showing import LAST_DAY
from demo.stage import MARKER
from tests.services.offices import CHEAP, CITY, PASSPHRASE, found_city


def found_demo(root: Path) -> Office:
    return setting_up.found(
        root,
        role="city",
        station=CITY,
        operator="李敏",
        passphrase=PASSPHRASE,
        cost=CHEAP,
        demo=True,
    ).office


def test_real_data_beside_a_demonstration_keeps_the_computers_time(tmp_path: Path) -> None:
    (tmp_path / MARKER).touch()
    office = found_city(tmp_path / "data", wall_clock)
    office.close()
    opened = open_office_at(office.folder.root, office.operator, PASSPHRASE)
    with closing(opened.office) as found:
        assert not opened.demo
        assert found.today() == dt.datetime.now().astimezone().date()


def test_a_demonstration_stays_one_wherever_it_is_copied(tmp_path: Path) -> None:
    office = found_demo(tmp_path / "played")
    office.close()
    root = Path(shutil.copytree(tmp_path / "played", tmp_path / "elsewhere" / "data"))
    opened = open_office_at(root, office.operator, PASSPHRASE)
    with closing(opened.office) as found:
        assert opened.demo
        assert opened.who.office.startswith("演示")
        assert found.today() == LAST_DAY
    with closing(on_its_day(open_office(root, PASSPHRASE))) as found:
        assert found.today() == LAST_DAY


def test_it_lies_beside_the_data_or_where_the_account_may_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert place_for(tmp_path / "data") == tmp_path / "data-demo"
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert place_for(Path("/proc/zoufang/data")) == tmp_path / "zoufang" / "demo"
    monkeypatch.chdir(tmp_path)
    assert place_for(Path()) == tmp_path.with_name(f"{tmp_path.name}-demo")


def test_it_is_thrown_away_when_there_are_data_of_ones_own(tmp_path: Path) -> None:
    data = tmp_path / "data"
    root = place_for(data)
    found_demo(root / "leshan").close()
    answers = Answers("city", CITY, "李敏", PASSPHRASE, root_passphrase="the root has its own one")
    data.mkdir()

    first_start.set_up(data, answers, cost=CHEAP).office.close()
    assert root.exists(), "it is not marked as a demonstration: whose it is nobody knows"
    (root / MARKER).touch()
    held = FileLock(root / "leshan" / LOCK)
    assert held.take()
    throw_away(data)
    assert (root / "leshan" / "store.db").exists(), "a window is open on it"
    held.leave()
    throw_away(data)
    assert not root.exists()
    open_office(data, PASSPHRASE).close()
