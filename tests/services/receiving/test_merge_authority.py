"""Who may write what: a revision counts only from the office that owns the record (§4)."""

from __future__ import annotations

import hashlib
import io
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.merging.revision import read
from app.domain.records import Enterprise, Record, Visit
from app.exchange.packagewriter import Scan
from app.services.office.office import Office
from app.services.receiving import take_package
from app.services.receiving.take_package import Account
from app.services.records import saving, state_from_log
from app.services.reviewing import answers, reviews
from database.log import packages, revisions
from database.state import states
from database.state.filters import owned_by
from database.store import attachments
from tests.exchange.forge import Forgery
from tests.services import forging
from tests.services.offices import CITY, COUNTY, SECOND_COUNTY, carry, deliver, save_visit, send
from tests.services.snapshots import reconciled, snapshot


def take(office: Office, sealed: Any) -> Account:
    account = take_package.receive(office, sealed.path)
    reconciled(account)
    return account


def digest(office: Office) -> str:
    with office.store.read() as connection:
        return states.digest(connection)


def log(office: Office) -> list[str]:
    """What the log has, but for what counts nothing."""
    with office.store.read() as connection:
        return [row.h for row in revisions.in_order(connection) if row.status != "barred"]


def test_an_edit_of_another_countys_record_is_set_aside(
    city: Office, county: Office, second_county: Office, tmp_path: Path
) -> None:
    visit = save_visit(county)
    deliver(county, city, tmp_path / "up")
    before = digest(city)
    edit = forging.line(
        second_county, "visit", {"workers_met": 9}, record=visit.id, parents=[visit.state.h]
    )
    account = take(city, forging.package(second_county, tmp_path / "x.zfpkg", [edit]))
    assert (account.state, account.code, account.parked) == ("merged", "REV_FORBIDDEN", 1)
    assert account.contained == 1
    assert digest(city) == before
    assert edit[0] not in log(city)


def test_an_edit_that_comes_before_the_owners_record_is_set_aside_when_it_comes(
    city: Office, county: Office, second_county: Office, tmp_path: Path
) -> None:
    visit = save_visit(county)
    edit = forging.line(
        second_county, "visit", {"workers_met": 9}, record=visit.id, parents=[visit.state.h]
    )
    early = take(city, forging.package(second_county, tmp_path / "x.zfpkg", [edit]))
    assert (early.waiting, early.parked) == (1, 0)
    accounts = deliver(county, city, tmp_path / "up")
    reconciled(*accounts)
    assert (accounts[-1].parked, accounts[-1].code) == (0, "")
    assert edit[0] not in log(city)
    with city.store.read() as connection:
        assert [row.code for row in packages.parked(connection, early.package)] == ["REV_FORBIDDEN"]
    assert saving.show(city, Visit, visit.id).record.owner == COUNTY


def test_a_second_beginning_of_a_known_record_is_set_aside(
    city: Office, county: Office, second_county: Office, tmp_path: Path
) -> None:
    visit = save_visit(county)
    deliver(county, city, tmp_path / "up")
    before = digest(city)
    root = forging.line(second_county, "visit", {"workers_met": 9}, record=visit.id)
    account = take(city, forging.package(second_county, tmp_path / "x.zfpkg", [root]))
    assert (account.code, account.parked) == ("REV_FORBIDDEN", 1)
    assert digest(city) == before


def test_a_record_of_another_type_under_a_known_id_is_set_aside(
    city: Office, county: Office, second_county: Office, tmp_path: Path
) -> None:
    visit = save_visit(county)
    deliver(county, city, tmp_path / "up")
    before = digest(city)
    root = forging.line(second_county, "log", {"remarks": "x"}, record=visit.id)
    account = take(city, forging.package(second_county, tmp_path / "x.zfpkg", [root]))
    assert (account.code, account.parked) == ("RECORD_INVALID", 1)
    assert digest(city) == before


def test_nobody_can_bar_an_id_with_a_wrong_type_that_waits(
    city: Office, county: Office, second_county: Office, tmp_path: Path
) -> None:
    visit = save_visit(county)
    squat = forging.line(
        second_county, "log", {"remarks": "x"}, record=visit.id, parents=["ab" * 32]
    )
    take(city, forging.package(second_county, tmp_path / "x.zfpkg", [squat]))
    accounts = deliver(county, city, tmp_path / "up")
    assert (accounts[-1].parked, accounts[-1].code) == (0, "")
    assert saving.show(city, Visit, visit.id).record.owner == COUNTY


def test_an_owner_written_into_a_record_by_a_county_counts_nothing(
    city: Office, county: Office, tmp_path: Path
) -> None:
    lines = [forging.line(county, "enterprise", {"name": "某公司", "owner": SECOND_COUNTY})]
    account = take(city, forging.package(county, tmp_path / "x.zfpkg", lines))
    assert account.new == 1
    record = read(lines[0][1]).id
    assert saving.show(city, Enterprise, record).owner == COUNTY


def preset_of(office: Office, owner: str) -> states.State[Record]:
    with office.store.read() as connection:
        return states.find(connection, Enterprise, owned_by(owner), limit=1)[0]


def test_the_city_cannot_edit_an_enterprise_it_gave_to_a_county(
    city: Office, county: Office, tmp_path: Path
) -> None:
    lines = [forging.line(city, "enterprise", {"name": "沙湾水泥厂", "owner": COUNTY})]
    take(county, forging.package(city, tmp_path / "a.zfpkg", lines, to="all", kind="reference"))
    root = read(lines[0][1]).id
    assert saving.show(county, Enterprise, root).owner == COUNTY
    saving.save(county, Enterprise, {"headcount": 90}, record=root)
    edit = forging.line(city, "enterprise", {"name": "改了"}, record=root, parents=[lines[0][0]])
    sealed = forging.package(city, tmp_path / "b.zfpkg", [edit], to=COUNTY, kind="reference")
    before = digest(county)
    account = take(county, sealed)
    assert (account.code, account.parked) == ("REV_FORBIDDEN", 1)
    assert digest(county) == before


def test_a_county_cannot_edit_an_enterprise_of_the_city(
    city: Office, county: Office, tmp_path: Path
) -> None:
    preset = preset_of(city, CITY)
    edit = forging.line(
        county, "enterprise", {"name": "改了"}, record=preset.id, parents=[preset.h]
    )
    before = digest(city)
    account = take(city, forging.package(county, tmp_path / "x.zfpkg", [edit]))
    assert (account.code, account.parked) == ("REV_FORBIDDEN", 1)
    assert digest(city) == before


@pytest.mark.parametrize("to", [CITY, SECOND_COUNTY])
def test_a_county_answers_nobody_above_or_beside_it(
    city: Office, county: Office, tmp_path: Path, to: str
) -> None:
    sealed = forging.package(
        county, tmp_path / "x.zfpkg", [], to=to, kind="answer", seq=7, prev="a" * 64
    )
    before = snapshot(city)
    account = take_package.receive(city, sealed.path)
    assert (account.state, account.code) == ("refused", "KIND_FORBIDDEN")
    assert snapshot(city) == before


def test_a_county_restores_nothing(city: Office, county: Office, tmp_path: Path) -> None:
    sealed = forging.package(county, tmp_path / "x.zfpkg", [], kind="restore", seq=7, prev="a" * 64)
    before = snapshot(city)
    account = take_package.receive(city, sealed.path)
    assert (account.state, account.code) == ("refused", "KIND_FORBIDDEN")
    assert snapshot(city) == before


def test_one_bad_record_is_set_aside_and_the_rest_is_merged(
    city: Office, county: Office, tmp_path: Path
) -> None:
    good = forging.line(county, "visit", {"workers_met": 12})
    bad = [
        forging.line(county, "visit", {"workers_met": "zwölf"}),
        forging.line(county, "visit", {"workers_met": 10**30}),
        forging.line(county, "aid", {"money": "9" * 30}),
        forging.line(county, "visit", {"workers_met": 3}, op="void"),
    ]
    account = take(city, forging.package(county, tmp_path / "x.zfpkg", [good, *bad]))
    assert (account.state, account.code) == ("merged", "RECORD_INVALID")
    assert (account.contained, account.new, account.parked) == (5, 1, 4)


def test_one_bad_scan_is_set_aside_and_the_rest_is_merged(
    city: Office, county: Office, tmp_path: Path
) -> None:
    photos = [b"photo one", b"photo two"]
    attached = [
        Scan(hashlib.sha256(p).hexdigest(), "照片.jpg", "image/jpeg", partial(io.BytesIO, p))
        for p in photos
    ]
    line = forging.line(county, "visit", {"workers_met": 12})
    sealed = forging.package(county, tmp_path / "x.zfpkg", [line], scans=attached)
    forgery = Forgery.of(sealed.path)
    path = min(p for p in forgery.members if p.startswith("data/att/"))
    forgery.put(path, b"another one", (city.recipient,))
    sealed.path.write_bytes(forgery.whole(county.signing_key))
    account = take(city, sealed)
    assert (account.state, account.code, account.scans) == ("merged", "RECORD_INVALID", 1)
    assert (account.new, account.parked) == (1, 0)
    with city.scans.read() as connection:
        kept = connection.exec_driver_sql("SELECT count(*) FROM scan").scalar_one()
    assert kept == 1
    assert attachments.verify(city.scans) == []


def proposed(city: Office, visit: states.State[Record], **changes: Any) -> dict[str, Any]:
    """A telephone correction as the city writes it, with some members replaced."""
    body = {
        "station": COUNTY,
        "target": visit.id,
        "target_type": "visit",
        "target_h": visit.h,
        "verdict": "propose",
        "proposals": [
            {
                "id": "headcount",
                "field": "headcount",
                "value": 52,
                "said_by": "李某",
                "said_on": "2011-07-21",
            }
        ],
    }
    return {name: value for name, value in (body | changes).items() if value is not None}


def test_a_correction_that_fits_no_field_does_no_harm(
    city: Office, county: Office, tmp_path: Path
) -> None:
    visit = save_visit(county)
    deliver(county, city, tmp_path / "up")
    before = digest(county)
    row = {"id": "headcount", "field": "headcount", "said_by": "李某"}
    lines = [
        forging.line(city, "review", proposed(city, visit.state, **changes))
        for changes in (
            {"proposals": [row | {"value": "many"}]},
            {"proposals": [row | {"value": 10**30}]},
            {"proposals": [row | {"field": "no such", "value": 1}]},
            {"proposals": [row | {"field": "owner", "value": CITY}]},
            {"target_type": None},
            {"target_type": "person"},
            {"target_type": "visit WHERE id <> ? --"},
            {"target": "0190a0b0-0000-7000-8000-000000000000"},
        )
    ]
    sealed = forging.package(city, tmp_path / "a.zfpkg", lines, to=COUNTY, kind="answer")
    account = take(county, sealed)
    assert (account.state, account.parked) == ("merged", 0)
    shown = saving.show(county, Visit, visit.id)
    assert shown.record == visit.state.record
    with county.store.write() as connection:
        for line in lines:
            connection.exec_driver_sql("DELETE FROM state_review WHERE h = ?", (line[0],))
    assert digest(county) == before


def test_the_city_sees_its_own_correction_only_on_what_it_was_said_to(
    city: Office, county: Office, second_county: Office, tmp_path: Path
) -> None:
    """A review addressed to one office does not change what another office's record shows."""
    visit = save_visit(county)
    deliver(county, city, tmp_path / "up")
    body = proposed(city, visit.state, station=SECOND_COUNTY)
    lines = [forging.line(city, "review", body)]
    take_package.receive(
        city,
        forging.package(city, tmp_path / "a.zfpkg", lines, to=SECOND_COUNTY, kind="answer").path,
    )
    assert saving.show(city, Visit, visit.id).pending == {}


def test_what_was_said_before_the_record_came_is_shown_when_it_comes(
    city: Office, county: Office, tmp_path: Path
) -> None:
    visit = save_visit(county)
    lines = [forging.line(city, "review", proposed(city, visit.state))]
    sealed = forging.package(city, tmp_path / "a.zfpkg", lines, to=COUNTY, kind="answer")
    take(city, sealed)
    deliver(county, city, tmp_path / "up")
    shown = saving.show(city, Visit, visit.id)
    assert isinstance(shown.record, Visit)
    assert shown.record.headcount == 52
    assert shown.pending["headcount"]["own"] == 1250


def test_an_answer_reaches_its_office_and_a_copy_elsewhere_opens_for_nobody(
    city: Office, county: Office, second_county: Office, tmp_path: Path
) -> None:
    visit = save_visit(county)
    deliver(county, city, tmp_path / "up")
    reviews.accept(city, Visit, visit.number)
    *_, file = answers.answer(city, COUNTY, tmp_path / "down").files
    before = snapshot(second_county)
    account = take_package.receive(second_county, file)
    assert (account.state, account.code) == ("refused", "NOT_FOR_US")
    assert snapshot(second_county) == before
    assert carry(county, [file])[0].state == "merged"


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)
FIELDS = [
    "headcount",
    "workers_met",
    "leaders",
    "visited_on",
    "attachments",
    "extra",
    "accepted",
    "unit",
    "number",
    "money",
    "members",
    "aliases",
    "said_on",
]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_stands_in_a_body_it_is_merged_or_set_aside(
    city: Office, county: Office, tmp_path: Path, data: st.DataObject
) -> None:
    lines = [
        forging.line(
            county,
            data.draw(st.sampled_from(["visit", "aid", "person", "enterprise", "link"])),
            body,
        )
        for body in data.draw(
            st.lists(
                st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=4), min_size=1, max_size=20
            )
        )
    ]
    lines = [(h, raw) for h, raw in lines if raw == msgspec.json.encode(msgspec.json.decode(raw))]
    sealed = forging.package(county, tmp_path / "fuzz.zfpkg", lines, keep=True)
    account = take(city, sealed)
    assert account.state == "merged"
    before = digest(city)
    with city.store.write() as connection:
        state_from_log.rebuild(connection, city.standpoint)
    assert digest(city) == before


def test_what_is_typed_for_another_unit_belongs_to_who_typed_it(
    city: Office, county: Office, second_county: Office, tmp_path: Path
) -> None:
    """代录: 填报单位 is a field; the owner is the office whose PC it was typed at."""
    visit = save_visit(county, unit=SECOND_COUNTY)
    deliver(county, city, tmp_path / "up")
    shown = saving.show(city, Visit, visit.id)
    assert (shown.record.unit, shown.owner) == (SECOND_COUNTY, COUNTY)
    edit = forging.line(
        second_county, "visit", {"workers_met": 1}, record=visit.id, parents=[visit.state.h]
    )
    account = take(city, forging.package(second_county, tmp_path / "x.zfpkg", [edit]))
    assert account.code == "REV_FORBIDDEN"
    saving.save(county, Visit, {"headcount": 1300}, record=visit.id)
    send(county, tmp_path / "again")


def test_a_later_version_of_a_type_unknown_here_is_set_aside_too(
    city: Office, county: Office, tmp_path: Path
) -> None:
    visit = save_visit(county)
    first = forging.line(county, "picnic", {"title": "会"})
    later = forging.line(county, "picnic", {"title": "议"}, record=visit.id, parents=[first[0]])
    account = take(city, forging.package(county, tmp_path / "x.zfpkg", [first, later]))
    assert (account.state, account.code, account.parked) == ("merged", "RECORD_INVALID", 2)
