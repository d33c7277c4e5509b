"""A store that is closed leaves no connection, whoever is at it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engines import REFUSED, new_store


def test_who_still_reads_when_it_is_closed_keeps_a_connection_no_longer(tmp_path: Path) -> None:
    store = new_store(tmp_path / "store.db", bytes(32))
    with store.read() as connection:
        own = connection.connection.dbapi_connection
        assert own is not None
        store.close()
        assert connection.exec_driver_sql("SELECT count(*) FROM setting").scalar_one() == 0
    with pytest.raises(REFUSED):
        own.cursor().execute("SELECT 1")
    store.close()
