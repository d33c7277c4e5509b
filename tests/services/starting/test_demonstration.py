"""What is the demonstration stands in the data itself, wherever it lies."""

from __future__ import annotations

import datetime as dt
import shutil
from contextlib import closing
from pathlib import Path

from app.bootstrap import open_office_at
from app.services.office.clock import wall_clock
from app.services.office.office import Office, open_office
from app.services.starting import setting_up
from app.services.starting.demonstration import on_its_day
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
