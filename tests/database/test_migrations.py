"""A store of any age is brought up to date, with its data, or left as it was."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from app.domain.kernel.errors import EnvironmentProblem, UserError
from app.domain.kernel.progress import Step
from database.books import (
    away_lines,
    baselines,
    handovers,
    paper_ticks,
    reminders,
    report_steps,
    settings,
)
from database.state import search_engines, search_index
from database.store.engine import Store, connect
from database.store.tables import METADATA
from database.upkeep import copying, migrate, migration_steps
from database.upkeep.schema_steps import SHIPPED

KEY = bytes(range(32))
REVISIONS = [
    script.revision
    for script in reversed(list(ScriptDirectory(str(SHIPPED.scripts)).walk_revisions()))
]
REMAKE = "the records changed: run packaging/new_migration.py WHY"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


def rows(path: Path, sql: str, key: bytes | None = KEY) -> Sequence[tuple[Any, ...]]:
    with contextlib.closing(connect(path, key)) as connection:
        return list(connection.execute(sql).fetchall())


def shape(path: Path) -> dict[str, Any]:
    """Tables, columns (in any order), references and indexes."""
    names = [n for (n,) in rows(path, "SELECT name FROM sqlite_master WHERE type = 'table'")]
    found: dict[str, Any] = {
        name: (
            sorted(row[1:] for row in rows(path, f'PRAGMA table_xinfo("{name}")')),
            sorted(row[2:] for row in rows(path, f'PRAGMA foreign_key_list("{name}")')),
            sorted(row[1:] for row in rows(path, f'PRAGMA index_list("{name}")')),
            [row[4:] for row in rows(path, "PRAGMA table_list") if row[1] == name],
        )
        for name in names
        if name != "alembic_version" and not name.startswith(("sqlite_", search_engines.TABLE))
    }
    found["indexes"] = sorted(
        rows(path, "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
    )
    return found


def from_models(path: Path) -> Path:
    store = Store(path, KEY)
    with store.write() as connection:
        METADATA.create_all(connection)
    store.close()
    return path


def test_migrations_lead_to_what_the_records_say(path: Path) -> None:
    migrate.upgrade(path, KEY)
    store = Store(path, KEY)
    with store.write() as connection:
        search_index.drop(connection)
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, METADATA) == [], REMAKE
    store.close()


def test_the_schema_is_the_same_by_either_way(path: Path, tmp_path: Path) -> None:
    migrate.upgrade(path, KEY)
    assert shape(path) == shape(from_models(tmp_path / "models.db")), REMAKE


def test_a_fresh_store_is_at_the_head(path: Path) -> None:
    assert migrate.current(path, KEY) is None
    assert not path.exists()
    assert migrate.upgrade(path, KEY) is None
    assert migrate.current(path, KEY) == migrate.head() == REVISIONS[-1]
    assert migrate.upgrade(path, KEY) is None
    assert [entry.name for entry in path.parent.iterdir()] == ["store.db"]


def test_a_folder_may_have_any_name(tmp_path: Path) -> None:
    odd = tmp_path / "100% 走访's “数据”"
    odd.mkdir()
    migrate.upgrade(odd / "store.db", KEY)
    assert migrate.current(odd / "store.db", KEY) == migrate.head()


@pytest.mark.parametrize("revision", REVISIONS)
def test_each_step_up_down_and_up_again_ends_the_same(path: Path, revision: str) -> None:
    migrate.upgrade(path, KEY, goal=revision)
    there = shape(path)
    migration_steps.down(path, KEY, "-1")
    migrate.upgrade(path, KEY, goal=revision)
    assert shape(path) == there
    migration_steps.down(path, KEY, "base")
    assert rows(
        path, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    ) == [("alembic_version",)]


def test_a_store_of_a_newer_program_is_left_alone(path: Path) -> None:
    migrate.upgrade(path, KEY)
    store = Store(path, KEY)
    with store.write() as connection:
        settings.put(connection, "kept", "走访")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    store.close()
    before = path.read_bytes()
    with pytest.raises(UserError, match="更新版本的程序") as caught:
        migrate.upgrade(path, KEY)
    assert caught.value.code == "STORE_NEWER"
    assert path.read_bytes() == before


def test_the_wrong_key_says_so(path: Path) -> None:
    migrate.upgrade(path, KEY)
    with pytest.raises(EnvironmentProblem) as caught:
        migrate.upgrade(path, bytes(32))
    assert caught.value.code == "STORE_DAMAGED"


def test_nothing_in_the_store_is_in_the_clear(path: Path) -> None:
    migrate.upgrade(path, KEY)
    content = path.read_bytes()
    assert not content.startswith(b"SQLite format 3")
    assert b"CREATE TABLE" not in content


def test_a_copy_made_while_the_store_is_open_is_whole(path: Path, tmp_path: Path) -> None:
    migrate.upgrade(path, KEY)
    store = Store(path, KEY)
    steps: list[Step] = []

    def save_meanwhile(step: Step) -> None:
        steps.append(step)
        with store.write() as connection:
            settings.put(connection, f"meanwhile {len(steps)}", "x" * 100_000)

    with store.write() as connection:
        for n in range(100):
            settings.put(connection, f"before {n}", "x" * 100_000)
    target = tmp_path / "copy.db"
    copying.copy(path, target, KEY, progress=save_meanwhile)
    store.close()
    assert len(steps) > 1
    assert copying.counts(target, KEY)["setting"] == 100
    assert copying.counts(path, KEY)["setting"] == 100 + len(steps)
    assert not list(tmp_path.glob("copy.db?*"))


def test_a_damaged_copy_is_noticed(path: Path) -> None:
    migrate.upgrade(path, KEY)
    copying.check(path, KEY)
    with path.open("r+b") as file:
        file.seek(5 * 4096 + 100)
        file.write(b"\0" * 10)
    with pytest.raises(EnvironmentProblem) as caught:
        copying.check(path, KEY)
    assert caught.value.code == "STORE_DAMAGED"


def test_a_store_that_is_up_to_date_opens_while_another_window_writes(path: Path) -> None:
    migrate.upgrade(path, KEY)
    store = Store(path, KEY)
    with store.write() as connection:
        settings.put(connection, "merging", "a large package")
        assert migrate.upgrade(path, KEY) is None
    store.close()


def test_what_an_office_had_noted_among_its_settings_is_in_tables_of_its_own(path: Path) -> None:
    migrate.upgrade(path, KEY, goal="0001")
    store = Store(path, KEY)
    mark = {"at": "2011-12-01T09:00:00+08:00", "by": "op", "seqs": [1, 2], "place": "E:/"}
    tick = {"unit": "511112", "item": "summary", "on": "2011-11-30"}
    with store.write() as connection:
        for name, value in {
            "baselines": {"511111-0011aabb 511100": 7},
            "inbox/away": [3, 9],
            "paper/2011-36": [tick, tick, {**tick, "group": "g"}],
            "paper/2012-55": [tick],
            "reminders/2011-36": [
                {"unit": "511112", "on": "2011-12-02", "by": "李经办", "promised": "明天"},
                {"unit": "511113", "on": "2011-12-02", "by": "李经办"},
            ],
            "report_marks": {"1": {"frozen": {"at": "a", "by": "op"}, "sealed": mark}},
            "handovers": [{"on": "2011-08-01", "giver": "甲", "taker": "乙", "witness": "丙"}],
            "kept": "走访",
        }.items():
            settings.put(connection, name, value)
    store.close()
    assert migrate.upgrade(path, KEY) is not None

    store = Store(path, KEY)
    with store.read() as connection:
        assert baselines.of(connection, "511111-0011aabb", "511100") == 7
        assert away_lines.every(connection) == {3, 9}
        assert [row[1:5] for row in paper_ticks.of(connection, "2011-36")] == [
            ("511112", "summary", "", "2011-11-30"),
            ("511112", "summary", "g", "2011-11-30"),
        ]
        assert [row.promised for row in reminders.of(connection, "2011-36")] == ["明天", ""]
        steps = {row.step: row for row in report_steps.every(connection)}
        assert (steps["frozen"].at, steps["sealed"].report) == ("a", 1)
        assert '"seqs": [1, 2]' in steps["sealed"].came
        assert [row.witness for row in handovers.newest(connection)] == ["丙"]
        assert settings.get(connection, "kept", str) == "走访"
        assert settings.get(connection, "handovers", list) is None
    store.close()
    assert rows(path, "SELECT count(*) FROM setting") == [(1,)]
