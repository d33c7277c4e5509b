"""What the updated program does with an office, told in one line of JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.domain.records import TYPES, Demand
from app.services.office.office import Office
from app.services.receiving import kept_runs, read_again, run_undo, take_package
from app.services.receiving.package_account import Account
from app.services.records import saving
from database.log import packages
from database.state import states
from tests.services.offices import new_clock, reopened, save_visit, send

COURSE = {"subject": "职工食堂", "held_on": "2011-07-20", "chairs": "李明书、付志勇"}
DEMAND = {"content": "修路", "raised_on": "2011-07-20", "category": "生活", "raiser": "企业"}


def sent(office: Office, stick: str) -> object:
    """A visit, a demand with the new field, and a record of the new type, on the stick."""
    visit = save_visit(office)
    saving.save(office, Demand, {**DEMAND, "visit": visit.id, "satisfied": "是"})
    course = saving.save(office, TYPES["course"], COURSE)
    saving.save(office, TYPES["course"], {"agreed": "八月底开伙。"}, record=course.id)
    return [str(file) for file in send(office, Path(stick))]


def taken(office: Office, *files: str) -> object:
    """What the packages came to."""
    accounts = [take_package.receive(office, Path(file)) for file in files]
    return told(office, accounts[-1])


def told(office: Office, account: Account) -> dict[str, Any]:
    """The digest, and what became of the lines."""
    with office.store.read() as connection:
        found = states.digest(connection)
        aside = len(packages.parked(connection))
    return {
        "digest": found,
        "aside": aside,
        "new": account.new,
        "parked": account.parked,
        "records": account.records,
    }


def read(office: Office) -> object:
    """What came of the lines that were set aside; and when that was taken back again."""
    read_again.catch_up(office)
    (kept,) = kept_runs.kept(office)
    again = next(one for one in kept.files if one.package)
    with office.store.read() as connection:
        row = packages.get(connection, again.package)
    late = told(office, json_account(row.account))
    (file,) = run_undo.still_in(office, kept)
    gone = run_undo.take_back(office, file)
    assert not gone.refused, gone.refused
    with office.store.read() as connection:
        aside = len(packages.parked(connection))
    return {**late, "headline": kept.headline, "back": aside}


def json_account(text: str | None) -> Account:
    """The account that the ledger keeps."""
    import msgspec

    return msgspec.json.decode(text or "", type=Account)


DEEDS: dict[str, Callable[..., object]] = {"send": sent, "take": taken, "read": read}

if __name__ == "__main__":
    deed, root, *more = sys.argv[1:]
    clock = new_clock()
    clock.set(2011, 7, 22)
    office = reopened(Path(root), clock)
    sys.stdout.write(f"{json.dumps(DEEDS[deed](office, *more))}\n")
    office.close()
