"""Lets an operator go, and dies at the nth step of the new store key, as in a power cut."""

from __future__ import annotations

import os
import sys
from itertools import count
from pathlib import Path
from typing import Any

from app.services.office.office import open_office
from app.services.people import operators
from database.store import engine
from tests.e2e.saver import PASSPHRASE

DIED = 9


def main(root: Path, nth: int) -> None:
    """Exit 0 when there were fewer steps."""
    office = open_office(root, PASSPHRASE, operator="李敏")
    steps = count(1)

    def step() -> None:
        if next(steps) == nth:
            os._exit(DIED)

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event == "os.rename":
            step()

    def trace(statement: str) -> None:
        if "rekey" in statement or "wal_checkpoint" in statement:
            step()

    connected = engine.connect

    def traced(*given: Any, **named: Any) -> Any:
        connection = connected(*given, **named)
        connection.set_trace_callback(trace)
        return connection

    engine.connect = traced
    sys.addaudithook(watch)
    operators.leave(office, PASSPHRASE, "王琦")
    office.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
