"""The server goes away in the middle: a sentence, nothing half or doubled, and work goes on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from app.domain.kernel.errors import EnvironmentProblem
from app.domain.kernel.progress import Step
from app.domain.records import Visit
from app.services.backup.integrity import examine_store
from app.services.office.office import Office, open_office
from app.services.receiving import take_package
from database.books import settings
from database.state import states
from database.store.server_note import Server, write_note
from tests.services import forging
from tests.services.offices import PASSPHRASE, save_visit


def cut(office: Office) -> None:
    """Everybody's connection to the database of this office ends, as when a server restarts."""
    assert office.store.server
    with psycopg.connect(office.store.server.url, autocommit=True) as keeper:
        keeper.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = %s AND pid <> pg_backend_pid()",
            (urlsplit(office.store.server.url).path[1:],),
        )


@contextmanager
def told_gone() -> Iterator[None]:
    with pytest.raises(EnvironmentProblem) as problem:
        yield
    assert problem.value.code == "SERVER_GONE"
    assert "请检查网络后再试一次" in problem.value.remedy


def test_a_write_that_is_cut_leaves_nothing_and_the_next_one_goes(city: Office) -> None:
    with told_gone(), city.store.write() as connection:
        settings.put(connection, "half", True)
        cut(city)
        settings.put(connection, "other half", True)
    with city.store.read() as connection:
        assert settings.get(connection, "half", bool) is None
    save_visit(city)
    with city.store.read() as connection:
        assert states.count(connection, Visit) == 1
    assert examine_store(city).sound


def test_connections_that_rested_meanwhile_are_made_anew(city: Office) -> None:
    save_visit(city)
    cut(city)
    with city.store.read() as connection:
        assert states.count(connection, Visit) == 1
    cut(city)
    save_visit(city, enterprise_name="乐山二厂")
    assert examine_store(city).sound


def test_a_merge_that_is_cut_is_as_if_it_had_not_begun_and_can_be_repeated(
    city: Office, county: Office, tmp_path: Path
) -> None:
    lines = [forging.line(county, "visit", {"workers_met": n}) for n in range(30)]
    file = forging.package(county, tmp_path / "in.zfpkg", lines, keep=True).path
    cuts: list[int] = []

    def cutting(_step: Step) -> None:
        with city.store.read():
            pass
        if len(cuts) < 1 and city.store._writer.pool.checkedout():  # type: ignore[attr-defined]
            cuts.append(1)
            cut(city)

    with told_gone():
        take_package.receive(city, file, progress=cutting)
    assert cuts
    with city.store.read() as connection:
        assert states.count(connection, Visit) == 0
    assert take_package.receive(city, file).state == "merged"
    assert take_package.receive(city, file).state == "duplicate"
    with city.store.read() as connection:
        assert states.count(connection, Visit) == 30
    assert examine_store(city).sound


def test_at_the_start_it_is_said_and_nothing_is_changed(city: Office, tmp_path: Path) -> None:
    root = city.folder.root
    city.close()
    before = {path.name: path.read_bytes() for path in root.iterdir() if path.is_file()}
    away = Server("postgresql://zoufang@127.0.0.1:1/city")
    for name in ("store.db", "attachments.db", "keyring.json"):
        write_note(root / name, away)
    with told_gone():
        open_office(root, PASSPHRASE)
    for name, content in before.items():
        (root / name).write_bytes(content)
    open_office(root, PASSPHRASE).close()
