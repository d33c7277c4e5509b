"""Two clients change the same at once: the second is told, nothing is lost between them."""

from __future__ import annotations

from pathlib import Path

from app.domain.kernel.errors import UserError
from app.services.backup.backup_schedule import overview, set_plan
from app.services.office.office import Office
from app.services.packages.writer_replacement import become_new_writer
from app.services.people.recovery_place import note_recovery_place, recovery_place
from app.services.receiving import first_trust
from database.books import settings
from tests.services.office.conftest import at_once, refused
from tests.services.offices import SetClock, reopened, save_visit


def test_of_two_plans_of_one_computer_the_second_is_told_what_the_first_says(
    city: Office, clock: SetClock, tmp_path: Path
) -> None:
    beside = reopened(city.folder.root, clock)
    seen, also = overview(city).plan, overview(beside).plan
    places = [str(tmp_path / "one"), str(tmp_path / "other")]
    became = at_once(
        lambda: set_plan(city, places[0], daily=True, base=seen),
        lambda: set_plan(beside, places[1], daily=True, base=also),
    )
    (told,) = [one for one in became if isinstance(one, UserError)]
    (kept,) = [one for one in became if not isinstance(one, UserError)]
    assert told.code == "CHANGED_MEANWHILE"
    present = overview(city).plan
    assert present == kept
    assert present.words in told.what
    assert set_plan(beside, places[1], daily=True, base=present).folder == places[1]
    beside.close()


def test_where_the_recovery_code_lies_is_not_written_over_unseen(
    city: Office, beside: Office
) -> None:
    seen = recovery_place(beside)
    note_recovery_place(city, "保险柜", "付志勇", recovery_place(city))
    with refused("CHANGED_MEANWHILE"):
        note_recovery_place(beside, "抽屉", "王新", seen)
    assert recovery_place(beside).words == "保险柜，付志勇保管"


def test_no_wrong_code_goes_uncounted(city: Office, beside: Office) -> None:
    at_once(*(lambda office=one: first_trust._note_wrong(office) for one in (city, beside) * 4))
    with city.store.read() as connection:
        assert first_trust._tries(connection).wrong == 8


def test_of_two_new_keys_one_holds_and_the_other_saves_nothing(
    city: Office, beside: Office
) -> None:
    became = at_once(lambda: become_new_writer(city), lambda: become_new_writer(beside))
    (fresh,) = [one for one in became if isinstance(one, Office)]
    (told,) = [one for one in became if isinstance(one, UserError)]
    assert told.code == "WRITER_REPLACED"
    with fresh.store.read() as connection:
        assert settings.get(connection, "supersedes", str) == city.identity.writer
    late = beside if fresh.store is city.store else city
    with refused("WRITER_REPLACED"):
        save_visit(late)
    save_visit(fresh)
