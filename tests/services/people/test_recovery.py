"""The passphrase is forgotten; the sealed letter with the recovery code is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.kernel.errors import UserError
from app.services.office.office import open_office
from app.services.people.recovery import open_with_recovery_code
from app.services.starting import setting_up
from app.services.starting.setting_up import Founded
from tests.services.offices import CHEAP, CITY, PASSPHRASE, new_clock

NEW = "a passphrase easier to keep"


@pytest.fixture
def founded(tmp_path: Path) -> Founded:
    founded = setting_up.found(
        tmp_path / "data",
        role="city",
        station=CITY,
        operator="市经办",
        passphrase=PASSPHRASE,
        clock=new_clock(),
        cost=CHEAP,
    )
    founded.office.close()
    return founded


def test_the_code_opens_the_data_and_a_new_passphrase_takes_over(founded: Founded) -> None:
    root, operator = founded.office.folder.root, founded.office.operator
    office = open_with_recovery_code(root, founded.recovery_code, operator, NEW)
    assert office.operator == operator
    office.close()
    open_office(root, NEW).close()
    with pytest.raises(UserError, match="口令不对"):
        open_office(root, PASSPHRASE)


def test_a_refused_passphrase_leaves_the_old_one(founded: Founded) -> None:
    root, operator = founded.office.folder.root, founded.office.operator
    with pytest.raises(UserError, match="口令太短"):
        open_with_recovery_code(root, founded.recovery_code, operator, "short")
    open_office(root, PASSPHRASE).close()
