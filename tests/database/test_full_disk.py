"""The disk is full: the person is told, the save did not happen, all earlier ones are there."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.domain.kernel.errors import EnvironmentProblem
from database.books import settings
from database.store.engine import Store
from database.store.tables import METADATA
from database.upkeep import copying, migrate
from database.upkeep.schema_steps import SHIPPED, History
from tests.disks import remount, small_disk

KEY = bytes(range(32))
PAGE = "走访" * 5_000


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """No file may grow beyond `size` bytes, as on a stick with FAT."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def save_until_full(store: Store) -> tuple[int, EnvironmentProblem]:
    """How many saves were acknowledged, and what the next one said."""
    n = 0
    try:
        while n < 5000:
            with store.write() as connection:
                settings.put(connection, f"page {n}", PAGE)
            n += 1
    except EnvironmentProblem as problem:
        return n, problem
    raise AssertionError("the disk was never full")


def pages(store: Store) -> int:
    with store.read() as connection:
        return int(
            connection.exec_driver_sql(
                "SELECT count(*) FROM setting WHERE name LIKE 'page %'"
            ).scalar_one()
        )


def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "4m") as place:
        migrate.upgrade(place / "store.db", KEY)
        store = Store(place / "store.db", KEY)
        acknowledged, problem = save_until_full(store)
        assert (problem.code, problem.remedy) == ("DISK_FULL", "请清理磁盘后再试一次。")
        assert acknowledged > 5
        assert pages(store) == acknowledged
        remount(place, "size=12m")
        with store.write() as connection:
            settings.put(connection, "page after", PAGE)
        assert pages(store) == acknowledged + 1
        store.close()
        copying.check(place / "store.db", KEY)


def test_a_file_that_may_not_grow_is_told_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    migrate.upgrade(path, KEY)
    store = Store(path, KEY)
    with largest_file(path.stat().st_size + 400_000):
        acknowledged, problem = save_until_full(store)
    assert problem.code in {"DISK_FULL", "DISK_ERROR"}
    assert acknowledged > 5
    assert pages(store) == acknowledged
    with store.write() as connection:
        settings.put(connection, "page after", PAGE)
    store.close()
    copying.check(path, KEY)


def test_a_copy_that_does_not_fit_leaves_nothing_half(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    migrate.upgrade(path, KEY)
    store = Store(path, KEY)
    for n in range(60):
        with store.write() as connection:
            settings.put(connection, f"page {n}", PAGE)
    with small_disk(tmp_path / "disk", "1m") as place:
        with pytest.raises(EnvironmentProblem) as caught:
            copying.copy(path, place / "copy.db", KEY)
        assert caught.value.code == "DISK_FULL"
        assert list(place.iterdir()) == []
    store.close()


STEP = """
from alembic import op

revision, down_revision, branch_labels, depends_on = "9999", "{}", None, None


def upgrade() -> None:
    op.execute("DELETE FROM setting")
"""


def test_an_upgrade_without_room_for_its_copy_does_not_begin(tmp_path: Path) -> None:
    scripts = shutil.copytree(SHIPPED.scripts, tmp_path / "migrations")
    (scripts / "versions" / "9999_next.py").write_text(
        STEP.format(migrate.head()), encoding="utf-8"
    )
    with small_disk(tmp_path / "disk", "4m") as place:
        path = place / "store.db"
        migrate.upgrade(path, KEY)
        store = Store(path, KEY)
        with store.write() as connection:
            settings.put(connection, "page 0", PAGE)
        store.close()
        room = shutil.disk_usage(place).free
        (place / "other things").write_bytes(bytes(room - path.stat().st_size // 2))
        with pytest.raises(EnvironmentProblem) as caught:
            migrate.upgrade(path, KEY, history=History(scripts, METADATA))
        assert caught.value.code == "DISK_FULL"
        assert migrate.current(path, KEY) == migrate.head()
        assert pages(store) == 1
        store.close()
        assert sorted(p.name for p in place.iterdir()) == ["other things", "store.db"]


def test_a_write_protected_folder_is_told(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "4m") as place:
        migrate.upgrade(place / "store.db", KEY)
        remount(place, "ro")
        store = Store(place / "store.db", KEY)
        with pytest.raises(EnvironmentProblem) as caught, store.write() as connection:
            settings.put(connection, "page", PAGE)
        assert caught.value.code in {"READ_ONLY", "CANNOT_OPEN"}
        store.close()
