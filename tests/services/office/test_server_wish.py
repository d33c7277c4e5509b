"""Who wishes for a server is told that there is none yet, and nothing is made or changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.kernel.errors import UserError
from app.services.office.office import open_office
from app.services.office.server_wish import VARIABLE
from app.services.starting import setting_up
from tests.services.offices import CHEAP, CITY, PASSPHRASE


def found(root: Path) -> None:
    setting_up.found(
        root, role="city", station=CITY, operator="市经办", passphrase=PASSPHRASE, cost=CHEAP
    ).office.close()


def test_no_office_is_set_up_on_a_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "postgresql://db.example/city")
    with pytest.raises(UserError) as refused:
        found(tmp_path / CITY)
    assert refused.value.code == "SERVER_NOT_YET"
    assert VARIABLE in str(refused.value)
    assert not (tmp_path / CITY).exists()


def test_an_office_in_a_file_opens_again_without_the_wish(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found(tmp_path / CITY)
    monkeypatch.setenv(VARIABLE, "postgresql://db.example/city")
    with pytest.raises(UserError) as refused:
        open_office(tmp_path / CITY, PASSPHRASE)
    assert refused.value.code == "SERVER_NOT_YET"
    monkeypatch.delenv(VARIABLE)
    open_office(tmp_path / CITY, PASSPHRASE).close()
