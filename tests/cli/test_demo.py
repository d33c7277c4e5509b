"""The demonstration: a whole campaign in a folder, checked with tools that are not ours."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import bagit
import msgspec
import pypdfium2
import pytest

from app.domain.campaign.plan_board import Mark
from app.domain.kernel.errors import UserError
from app.domain.records import Document, Person, Visit
from app.domain.values.resident_id import parse_resident_id
from app.services.deciding import to_verify
from app.services.figures import indicators, issued_totals, leaders_share
from app.services.figures.statistics import statistics
from app.services.lists import saved_lists, table_query
from app.services.lists.table_query import TableQuery
from app.services.office.office import Office, open_office
from app.services.planning.board import board
from app.services.records import saving
from app.services.reviewing import trays
from app.services.starting.demonstration import on_its_day
from database.store import attachments
from demo import DemoResult, run
from demo.arranging import FIRST, SECOND
from demo.checking_list import FILTERS
from demo.counting import CONTESTS
from demo.figures import CAMPAIGN
from demo.people import KIN, PEOPLE, id_number
from demo.stage import MARKER, staged
from demo.visits import ADDED, TRIPS

RARE = ("阿尔·日古", "䶮", "𬭎", "荍坝镇")


@pytest.fixture(scope="module")
def told() -> list[str]:
    return []


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, told: list[str]) -> DemoResult:
    return run(tmp_path_factory.mktemp("demo"), told.append)


@pytest.fixture
def city(demo: DemoResult) -> Iterator[Office]:
    office = open_office(Path(demo.city.data), demo.passphrase)
    yield office
    office.close()


@pytest.fixture
def county(demo: DemoResult) -> Iterator[Office]:
    office = open_office(Path(demo.counties[0].data), demo.passphrase)
    yield office
    office.close()


def test_everything_reconciles(demo: DemoResult) -> None:
    assert [check for check in demo.checks if not check.ok] == []
    assert demo.ok


def test_the_totals_are_those_of_the_tables(demo: DemoResult) -> None:
    everything = demo.totals.all
    assert everything.visits == sum(map(len, TRIPS.values())) == 60
    assert everything.persons == 12
    assert everything.cases == 9
    assert Decimal(everything.aid_money) == Decimal("18000.50")
    assert Decimal(everything.goods_value) == Decimal("2321.80")
    parts = [*demo.totals.offices, demo.totals.city]
    assert sum(part.workers_met for part in parts) == everything.workers_met


def test_it_tells_what_it_did_and_keeps_the_account(demo: DemoResult, told: list[str]) -> None:
    account = Path(demo.account).read_text(encoding="utf-8")
    for words in ("缺第2次报送", "补送第2次后齐全", "两处填写不一致", "电话更正", "全部一致"):
        assert any(words in line for line in told)
        assert words in account
    assert not any("疑似重复0处" in line for line in told)


def test_the_city_names_the_lost_number_and_it_heals(demo: DemoResult) -> None:
    events = demo.events
    assert events.missing == events.healed == (2,)
    assert events.waiting > 0
    assert events.lost in {Path(package).name for package in demo.packages}


def test_two_pcs_differed_and_the_office_settled_it(demo: DemoResult, county: Office) -> None:
    settled = demo.events.settled
    assert settled is not None
    assert len(set(settled.typed)) == 2
    visit = saving.show(county, Visit, settled.number)
    assert isinstance(visit.record, Visit)
    assert visit.record.workers_met == settled.chosen
    assert visit.conflicts == {}


def test_what_was_returned_is_corrected_and_what_was_told_adopted(
    demo: DemoResult, city: Office, county: Office
) -> None:
    (item,) = trays.tray(county, "return")
    assert item.record.record.number == demo.events.returned
    assert not item.open
    adopted = saving.show(city, Visit, demo.events.adopted)
    assert isinstance(adopted.record, Visit)
    assert (adopted.record.headcount, adopted.pending) == (232, {})


def test_one_person_helped_by_both_counties_is_found(demo: DemoResult, city: Office) -> None:
    assert any(line.startswith("同一个人（已认定）") for line in demo.duplicates)
    numbers = [
        person.record.resident_id
        for person in saving.listing(city, Person)
        if person.record.name == "阿尔·日古"
    ]
    assert len(numbers) == 2
    assert len(set(numbers)) == 1


def test_one_enterprise_is_visited_by_both_counties(city: Office) -> None:
    visits = saving.listing(city, Visit)
    both = [one for one in visits if one.record.enterprise_name == "兴德轧辊公司"]
    assert {one.owner for one in both} == {"511111", "511133"}
    assert len({getattr(one.record, "enterprise", "") for one in both}) == 1


def test_invented_people_have_numbers_that_are_right_in_themselves() -> None:
    digits = [worker.digits for workers in PEOPLE.values() for worker in workers]
    digits += [one.digits for kin in KIN.values() for one in kin]
    read = [parse_resident_id(id_number(each)) for each in digits]
    assert all(one.region.startswith("511") for one in read)
    assert any(one.from_15 for one in read)


def test_the_year_end_brings_both_reports_with_their_files(city: Office) -> None:
    papers = [
        one
        for one in saving.listing(city, Document)
        if one.owner != "511100" and one.record.attachments
    ]
    kinds = sorted(getattr(one.record, "kind", "") for one in papers)
    assert kinds == ["research", "research", "summary", "summary"]
    for one in papers:
        (attached,) = one.record.attachments
        with attachments.open_scan(city.scans, attached.sha256) as stream:
            assert getattr(one.record, "title", "") in stream.read().decode()


def test_the_board_shows_what_was_visited_what_is_late_and_what_is_to_come(county: Office) -> None:
    seen = board(on_its_day(county))
    marks = {mark: count for mark in Mark if (count := seen.count(mark))}
    assert marks == {Mark.VISITED: 11, Mark.LATE: 2, Mark.PLANNED: 4}
    assert len({one.planned for one in seen.plans}) > 5
    assert [row.name for row in seen.rows][:2] == [FIRST, SECOND]
    assert seen.waiting


def test_one_of_the_leadership_went_along_to_no_visit(county: Office) -> None:
    seen = leaders_share.look(on_its_day(county))
    (own,) = (one for one in seen.offices if one.unit == "511111")
    assert (len(own.members), own.took_part) == (4, 3)


def test_a_ready_made_list_is_half_checked(county: Office) -> None:
    counts = to_verify.work(county).counts
    assert counts["preset"] == 5
    assert (counts["missing"], counts["duplicate"]) == (1, 1)


def test_the_city_reads_the_progress_of_a_county_month_by_month(city: Office) -> None:
    seen = {one.code: one for one in indicators.look(on_its_day(city), CAMPAIGN).indicators}
    contests = next(line for line in seen[CONTESTS].lines if line.unit == "511111")
    assert (contests.value, contests.target) == ("798", "900")
    assert len(contests.months) == 5
    assert "正好" in seen[CONTESTS].allotted


def test_what_was_issued_differs_from_what_is_now(county: Office) -> None:
    (frozen,) = issued_totals.issued(county, CAMPAIGN)
    now = issued_totals.shown(county, statistics(county, CAMPAIGN), frozen.table.names)
    assert issued_totals.differences(frozen.table, now)


def test_a_report_is_approved_and_its_text_is_there(county: Office) -> None:
    (item,) = trays.tray(county, "accept")[-1:]
    assert isinstance(item.record.record, Document)
    assert item.record.record.text


def test_the_filters_kept_find_something(county: Office) -> None:
    for kind, one in FILTERS:
        (kept,) = saved_lists.saved(county, kind)
        assert kept == one
        found = table_query.listed(on_its_day(county), kept.applied(TableQuery(kind)))
        assert len(found.ids), one.name


def test_the_field_the_city_added_is_filled_in_from_november(city: Office) -> None:
    told = [one.record.extra.get(ADDED) for one in saving.listing(city, Visit)]
    assert sum(value is not None for value in told) == 3


def test_no_two_visits_say_the_same(city: Office) -> None:
    said = [getattr(one.record, "opinions", "") for one in saving.listing(city, Visit)]
    assert len(set(said)) == len(said) == 60


def test_the_forms_print_rare_characters(demo: DemoResult) -> None:
    texts = {Path(form).name: _text_of(Path(form)) for form in demo.forms}
    for characters in RARE:
        assert characters in texts["forms-mabian.pdf"]
    assert "编号" not in texts["form-blank.pdf"]
    assert all(_text_of(Path(slip)) for slip in demo.slips)


def _text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    pages = []
    for page in document:
        text = page.get_textpage()
        pages.append(text.get_text_range())
        text.close()
        page.close()
    document.close()
    return "".join(pages).replace("\r\n", "")


def test_the_result_is_what_scripts_read(demo: DemoResult) -> None:
    value = json.loads(msgspec.json.encode(demo.json()))
    assert value["ok"] is True
    assert value["city"]["unit"] == "511100"
    assert [one["unit"] for one in value["counties"]] == ["511111", "511133"]
    assert [one["unit"] for one in value["townships"]] == ["511133106"]
    files = [value["city"]["identity"], value["city"]["allowed_signers"], value["account"]]
    files += value["packages"] + value["enrolment"] + value["forms"] + value["slips"]
    homes = [value["city"], *value["counties"], *value["second_computers"], *value["townships"]]
    assert all(Path(file).is_absolute() and Path(file).is_file() for file in files)
    assert all(Path(home["data"], "store.db").is_file() for home in homes)


def test_stock_tools_verify_every_package(demo: DemoResult, tmp_path: Path) -> None:
    """The recipe of package format §1, on every package that holds records."""
    for place, package in enumerate(demo.packages):
        bag = _unpacked(Path(package), tmp_path / str(place))
        _verify(bag, demo.city.allowed_signers)
        index = json.loads(_opened(demo, bag / "data/index.json.age"))
        for name, facts in index["files"].items():
            plain = _opened(demo, bag / name)
            if name.endswith(".zst.age"):
                plain = _run(["zstd", "-dc"], bag, plain)
            assert hashlib.sha256(plain).hexdigest() == facts["sha256"]


def test_stock_tools_verify_what_enrols_an_office(demo: DemoResult, tmp_path: Path) -> None:
    """Trust documents are open to all; requests and the 启用包 are verified, not read."""
    for place, package in enumerate(demo.enrolment):
        _verify(_unpacked(Path(package), tmp_path / str(place)), demo.city.allowed_signers)


def _run(command: Sequence[str | Path], folder: Path, given: bytes = b"") -> bytes:
    done = subprocess.run(command, cwd=folder, input=given, capture_output=True, check=True)
    return done.stdout


def _unpacked(package: Path, folder: Path) -> Path:
    folder.mkdir()
    _run(["unzip", "-q", package], folder)
    (bag,) = folder.iterdir()
    return bag


def _verify(bag: Path, signers: str) -> None:
    writer = json.loads((bag / "header.json").read_bytes())["writer"]
    (signature,) = (bag / "signatures").iterdir()
    _run(
        [
            *("ssh-keygen", "-Y", "verify", "-f", signers, "-I", writer),
            *("-n", "zoufang-package-v1", "-s", signature),
        ],
        bag,
        (bag / "tagmanifest-sha256.txt").read_bytes(),
    )
    for manifest in ("tagmanifest-sha256.txt", "manifest-sha256.txt"):
        _run(["sha256sum", "-c", "--strict", manifest], bag)
    assert bagit.Bag(str(bag)).validate()


def _opened(demo: DemoResult, sealed: Path) -> bytes:
    return _run(["age", "-d", "-i", demo.city.identity, sealed], sealed.parent)


def test_another_folder_is_left_alone(tmp_path: Path) -> None:
    mine = tmp_path / "信.txt"
    mine.write_text("别动", encoding="utf-8")
    with pytest.raises(UserError) as refused:
        run(tmp_path, print)
    assert refused.value.code == "FOLDER_IN_USE"
    assert [path.name for path in tmp_path.iterdir()] == ["信.txt"]
    with pytest.raises(UserError) as refused:
        run(mine, print)
    assert refused.value.code == "FOLDER_IN_USE"


def test_a_folder_of_ours_is_made_anew(tmp_path: Path) -> None:
    with staged(tmp_path / "demo", print, "口令") as stage:
        (stage.root / "city").mkdir()
        (stage.root / "city" / "store.db").touch()
    with staged(tmp_path / "demo", print, "口令") as stage:
        assert [path.name for path in stage.root.iterdir()] == [MARKER]
