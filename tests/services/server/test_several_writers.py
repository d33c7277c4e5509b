"""What was once the matter of one computer holds for several at one server."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from app.domain.records import Visit
from app.services.backup.integrity import examine_store
from app.services.office.office import Office, copied_elsewhere
from app.services.packages import sealing
from app.services.starting import move_store
from database.log import packages, unsent_revisions
from database.state import states
from database.state.filters import live
from database.store import attachments
from database.store.attachments import adding
from tests.engines import foreign_server
from tests.services.office.conftest import at_once, second_desk
from tests.services.offices import CITY, PASSPHRASE, SetClock, reopened, save_visit


@pytest.fixture
def beside(county: Office, clock: SetClock, tmp_path: Path) -> Iterator[Office]:
    office = second_desk(county, clock, tmp_path / "second desk")
    yield office
    office.close()


def test_two_that_seal_at_once_go_on_with_one_channel(county: Office, beside: Office) -> None:
    def work(office: Office, name: str) -> None:
        for n in range(3):
            save_visit(office, enterprise_name=f"{name}第{n}厂")
            sealing.seal(office, CITY, "submission", lambda row: True)

    became = at_once(lambda: work(county, "乐山"), lambda: work(beside, "犍为"))
    assert became == [None, None]
    with county.store.read() as connection:
        sent = [
            row
            for row in packages.find(connection, direction="out", to=CITY)
            if row.kind == "submission"
        ]
        held = [n for row in sent for n, *_ in packages.contents(connection, row.n)]
        left = list(unsent_revisions.unsent(connection, county.identity.writer, CITY, {"visit"}))
    sent.sort(key=lambda row: row.seq or 0)
    first = sent[0].seq or 0
    assert [row.seq for row in sent] == list(range(first, first + len(sent)))
    assert [row.prev for row in sent[1:]] == [row.tip for row in sent[:-1]]
    assert len(held) == len(set(held))
    assert left == []
    for office in (county, beside):
        assert all(office.kept.outbox(str(row.file)).is_file() for row in sent)


def test_two_that_add_attachments_at_once_keep_them_all(county: Office, beside: Office) -> None:
    pages = [bytes([n]) * (1_500_000 + n) for n in range(6)]

    def work(office: Office, some: list[bytes]) -> None:
        for page in some:
            attachments.add(office.scans, io.BytesIO(page))

    assert at_once(lambda: work(county, pages[:4]), lambda: work(beside, pages[2:])) == [None, None]
    for office in (county, beside):
        for page in pages:
            assert attachments.has(office.scans, sha256(page).hexdigest())
        assert attachments.verify(office.scans) == []
    with adding(county.scans) as shelf:
        assert shelf.has(sha256(pages[0]).hexdigest())


def test_one_program_writes_from_several_threads(county: Office) -> None:
    became = at_once(*(lambda n=n: save_visit(county, workers_met=n).number for n in range(1, 7)))
    assert len(set(became)) == 6
    assert examine_store(county).sound


def test_no_computer_at_a_server_is_a_copy_of_another(county: Office) -> None:
    """All of them are one writer; only a restored store must become a new one."""
    elsewhere = msgspec.structs.replace(county.identity, machine="f" * 16)
    assert not copied_elsewhere(replace(county, identity=elsewhere))


def test_a_server_that_sorts_by_another_language_gives_the_same_digest(
    county: Office, clock: SetClock, tmp_path: Path
) -> None:
    for n, name in enumerate(("犍为厂", "Élan 厂", "abc 厂", "Zeta 厂", "沙湾厂", "10厂", "9厂")):
        save_visit(county, enterprise_name=name, workers_met=n + 1)
    root = county.folder.root
    with county.store.read() as connection:
        before = states.digest(connection)
        ordered = states.pick(connection, Visit, ("number", "enterprise_name"), live())
    county.close()
    move_store.move_to_folder(root, PASSPHRASE, clock=clock)
    move_store.move_to_server(root, PASSPHRASE, foreign_server(), clock=clock)
    office = reopened(root, clock)
    with office.store.read() as connection:
        assert states.digest(connection) == before
        assert states.pick(connection, Visit, ("number", "enterprise_name"), live()) == ordered
    found = examine_store(office)
    assert found.sound
    assert found.agrees
    office.close()
