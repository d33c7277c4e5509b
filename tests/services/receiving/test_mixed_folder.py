"""收件 at scale: one list, one preview, one run with progress and cancel, all of it undone."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from app.domain.kernel.errors import Cancelled
from app.domain.kernel.progress import Cancel, Step
from app.services.backup.integrity import examine_store
from app.services.office.office import Office
from app.services.receiving import inbox, kept_runs, package_undo, run_account, waiting_files
from app.services.receiving.package_account import Account
from database.log import packages
from database.state import states
from tests.services.offices import SetClock, found_city
from tests.services.receiving.mixed_folder import Mixed, mixed_folder

COUNTIES = ("511111", "511112", "511123", "511124", "511126")
TOWNSHIPS = {"511111101": "511111"}


@pytest.fixture
def empty_city(tmp_path: Path, clock: SetClock) -> Office:
    return found_city(tmp_path / "511100", clock)


def digest(office: Office) -> str:
    with office.store.read() as connection:
        return states.digest(connection)


def merged(office: Office) -> list[int]:
    with office.store.read() as connection:
        return [row.n for row in packages.find(connection, direction="in") if row.state == "merged"]


def looked(office: Office, mixed: Mixed) -> dict[str, Account]:
    """Copied in and looked at as the window does it: each alone, then those in doubt together."""
    chosen = waiting_files.choose(office, [mixed.folder])
    found = [waiting_files.admit(office, file) for file in chosen.files]
    accounts = {o.waiting.digest: o.account for o in found if o.waiting and o.account}
    for one in waiting_files.look_unsure(office, accounts):
        if one.waiting and one.account:
            accounts[one.waiting.digest] = one.account
    return accounts


def test_a_folder_of_all_kinds_is_one_list_one_run_and_undone(
    empty_city: Office, clock: SetClock, tmp_path: Path
) -> None:
    city = empty_city
    mixed = mixed_folder(city, tmp_path / "made", clock, COUNTIES, TOWNSHIPS, times=3)
    before, had = digest(city), merged(city)

    accounts = looked(city, mixed)
    listed = inbox.deliveries(city, accounts)
    waits = [one for one in listed if one.waiting]
    told = Counter(one.standing for one in listed if one.pending)
    good, forked = len(mixed.names["good"]), len(mixed.names["fork"])
    assert digest(city) == before, "looking changes nothing"
    assert told["held"] == len(mixed.names["unknown"])
    assert told["gap"] >= 1, "what is truly missing is said"
    refused = [one for one in listed if one.standing == "refused"]
    assert len(refused) >= len(mixed.names["damaged"]) + len(mixed.names["newer"])
    assert all(one.sentence or one.note for one in refused)
    turn = [(one.writer, one.to, one.seq) for one in waits]
    assert turn == sorted(turn, key=lambda key: (key[0][:6] or "~", key)), "its own order"

    mergeable = [one for one in waits if one.standing in inbox.MERGEABLE]
    assert len(mergeable) == good + forked, "what came twice is there once"
    steps: list[Step] = []
    taken: list[Account] = []
    for place, one in enumerate(mergeable):
        assert one.waiting is not None
        if place == 1:
            stop = Cancel()
            stop.set()
            with pytest.raises(Cancelled):
                waiting_files.take(city, one.waiting, cancel=stop)
        taken += waiting_files.take(city, one.waiting, progress=steps.append).accounts
    run = kept_runs.keep(city, run_account.gathered(taken))
    states_of = Counter(one.state for one in run.files)
    assert states_of["frozen"] >= 1, "the second file of a number waits for a decision"
    assert states_of["merged"] + states_of["frozen"] == len(mergeable)
    assert any("次数相同" in step for step in run.steps)
    assert run_account.print_run(city, run, tmp_path / "run.pdf") >= 1
    assert (tmp_path / "run.pdf").read_bytes().startswith(b"%PDF")
    assert not examine_store(city).faults

    for package in reversed([n for n in merged(city) if n not in had]):
        package_undo.undo(city, package)
    assert digest(city) == before, "every effect is undone"
    assert merged(city) == had
    city.close()
