"""Everything an office keeps, to see that something changed nothing."""

from __future__ import annotations

import hashlib
from pathlib import Path

from app.services.office.office import Office
from app.services.receiving.take_package import Account
from database.store.engine import Store

LEDGER = frozenset({"package", "parked"})
"""What a refused package may leave behind, and nothing else."""

NOTHING: frozenset[str] = frozenset()


def reconciled(*accounts: Account) -> None:
    """Every line of a package is accounted for, once."""
    for one in accounts:
        parts = (one.new, one.same, one.conflict, one.waiting, one.parked)
        assert one.contained == sum(parts), one


def snapshot(office: Office, *, besides: frozenset[str] = LEDGER) -> dict[str, str]:
    """The digest of every table and file but the tables `besides` and the database files."""
    found = {f"store {name}": digest for name, digest in _tables(office.store, besides).items()}
    found |= {f"scans {name}": digest for name, digest in _tables(office.scans, besides).items()}
    for place in (office.folder.inbox, office.folder.outbox):
        found |= {str(path.relative_to(office.folder.root)): _sha(path) for path in _files(place)}
    return found


def _files(place: Path) -> list[Path]:
    return sorted(path for path in place.rglob("*") if path.is_file())


def _sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _tables(store: Store, besides: frozenset[str]) -> dict[str, str]:
    with store.read() as connection:
        named = connection.exec_driver_sql(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
        names = sorted({name for (name,) in named} - besides)
        return {
            name: hashlib.sha256(
                "\n".join(
                    sorted(
                        repr(tuple(r)) for r in connection.exec_driver_sql(f"SELECT * FROM {name}")
                    )
                ).encode()
            ).hexdigest()
            for name in names
        }


def is_whole(office: Office) -> bool:
    """Whether both files are sound: pages, and every reference to another row."""
    return all(_is_whole(store) for store in (office.store, office.scans))


def _is_whole(store: Store) -> bool:
    with store.read() as connection:
        pages = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
        loose = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    return pages == ["ok"] and not loose
