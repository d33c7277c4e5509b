"""Adding a field is one line in its record and one generated migration."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import pytest

from app.domain.kernel.fields import Field, fields_of
from app.domain.records import TYPES, Unit
from app.domain.records.base import Record
from database.store import tables
from database.store.columns import record_from_row, rows_maker
from database.store.engine import Store
from database.store.tables import STATE_HEAD, Schema
from database.upkeep import copying, migrate, migration_steps
from database.upkeep.schema_steps import SHIPPED, History

KEY = bytes(range(32))
H = "ab" * 32
NEWEST = max(file.name for file in SHIPPED.scripts.glob("versions/[0-9]*.py"))[:4]
"""The step of the schema that the program ships last."""


class UnitWithFax(Unit, frozen=True, kw_only=True):
    """The record with one line more."""

    fax: Annotated[str, Field("传真", indexed=True)] = ""


SCHEMA = tables.build({**TYPES, "unit": UnitWithFax})


@pytest.fixture
def history(tmp_path: Path) -> History:
    """The program's migrations, and the one a developer gets from `write_step`."""
    scripts = tmp_path / "migrations"
    shutil.copytree(SHIPPED.scripts, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    made = History(scripts, SCHEMA.metadata)
    plain = tmp_path / "plain.db"
    migrate.upgrade(plain, None, history=made)
    written = migration_steps.write(plain, "Add the fax of a unit", made)
    assert written.name.endswith("_add_the_fax_of_a_unit.py")
    return made


def put(store: Store, schema: Schema, record_type: type[Record], record: Record) -> None:
    names = [*STATE_HEAD, *(spec.name for spec in fields_of(record_type))]
    head = (f"id of {record.number}", H, "2011", "op-1", "w-1", 0, None, None)
    values = dict(zip(names, (*head, *next(rows_maker(record_type)([record]))), strict=True))
    with store.write() as connection:
        connection.execute(schema.states["unit"].insert(), [values])


def log_one_revision(store: Store) -> None:
    with store.write() as connection:
        connection.exec_driver_sql(
            'INSERT INTO revision (n, h, id, type, parents, writer, at, "by", op, raw, status,'
            " mark) VALUES (1, ?, 'r-1', 'unit', '', 'w-1', '2011', 'op-1', 'create', x'00',"
            " 'live', 1)",
            (H,),
        )


def read(store: Store, schema: Schema, record_type: type[Record], number: str) -> Record:
    table = schema.states["unit"]
    with store.read() as connection:
        row = connection.execute(table.select().where(table.c.number == number)).one()
    return record_from_row(record_type, row._asdict())


def test_a_store_with_data_gains_the_field(tmp_path: Path, history: History) -> None:
    path = tmp_path / "store.db"
    old = Unit(number="市-1", owner="city", code="511111", name="沙湾区总工会")
    new = UnitWithFax(
        number="市-2", owner="city", code="511112", name="五通桥区总工会", fax="0833-3300000"
    )
    migrate.upgrade(path, KEY)
    store = Store(path, KEY)
    log_one_revision(store)
    put(store, tables.SCHEMA, Unit, old)
    store.close()

    kept = migrate.upgrade(path, KEY, history=history)
    store = Store(path, KEY)
    put(store, SCHEMA, UnitWithFax, new)
    assert read(store, SCHEMA, UnitWithFax, "市-2") == new
    seen = read(store, SCHEMA, UnitWithFax, "市-1")
    assert isinstance(seen, UnitWithFax)
    assert (seen.name, seen.fax) == ("沙湾区总工会", "")
    store.close()

    assert kept == path.with_name(f"store.db.before-{NEWEST}")
    assert copying.counts(kept, KEY)["state_unit"] == 1
    assert migrate.current(kept, KEY) == NEWEST


def test_down_and_up_again_keeps_the_other_fields(tmp_path: Path, history: History) -> None:
    path = tmp_path / "store.db"
    migrate.upgrade(path, KEY, history=history)
    store = Store(path, KEY)
    log_one_revision(store)
    unit = UnitWithFax(number="市-1", owner="city", code="511111", name="沙湾区总工会", fax="1")
    put(store, SCHEMA, UnitWithFax, unit)
    store.close()
    migration_steps.down(path, KEY, "-1", history)
    store = Store(path, KEY)
    assert read(store, tables.SCHEMA, Unit, "市-1") == Unit(
        number="市-1", owner="city", code="511111", name="沙湾区总工会"
    )
    store.close()
    migrate.upgrade(path, KEY, history=history)
    store = Store(path, KEY)
    seen = read(store, SCHEMA, UnitWithFax, "市-1")
    assert seen.number == "市-1"
    store.close()


def test_a_step_that_fails_leaves_the_store_as_it_was(tmp_path: Path, history: History) -> None:
    path = tmp_path / "store.db"
    migrate.upgrade(path, KEY)
    store = Store(path, KEY)
    log_one_revision(store)
    store.close()
    step = max(history.scripts.glob("versions/[0-9]*.py"))
    step.write_text(
        step.read_text(encoding="utf-8").replace(
            "\n\ndef downgrade()",
            '\n    op.execute("INSERT INTO no_such_table VALUES (1)")\n\n\ndef downgrade()',
        ),
        encoding="utf-8",
    )
    before = copying.counts(path, KEY)
    with pytest.raises(Exception, match="no_such_table"):
        migrate.upgrade(path, KEY, history=history)
    assert migrate.current(path, KEY) == NEWEST
    assert copying.counts(path, KEY) == before
    assert migrate.upgrade(path, KEY) is None
