"""逻辑检查 of what was received: every rule, worked through, taken back, never stale."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from app.documents.drawing.target import Target
from app.domain.checking import checks
from app.domain.kernel.errors import Cancelled, UserError
from app.domain.kernel.progress import Cancel, Step
from app.domain.records import TYPES, Aid, Campaign, Case, Person, Visit, body_of
from app.services.deciding import finding_acts, finding_files, findings
from app.services.deciding.findings import Line, Standing, chosen, look
from app.services.office.office import Office
from app.services.records import saving
from app.services.records.asked_campaign import asked_of
from app.services.records.guards import Guards
from app.services.records.link_resolving import Links
from app.services.records.other_levels import OtherLevels
from app.services.reviewing import answers, trays
from database.log import revisions
from database.state import states
from tests.services.offices import COUNTY, SetClock, carry, deliver, save_visit


def told(lines: object) -> Counter[tuple[str, str]]:
    assert isinstance(lines, list | tuple)
    return Counter((line.record.id, findings.finding_key(line.finding)) for line in lines)


def only(city: Office, code: str, **narrowed: object) -> Line:
    (one,) = [line for line in chosen(look(city), standing=None) if line.finding.code == code]
    return one


def codes(city: Office, standing: Standing | None = Standing.OPEN) -> list[str]:
    return [line.finding.code for line in chosen(look(city), standing=standing)]


@pytest.fixture
def received(city: Office, county: Office, tmp_path: Path) -> str:
    """A visit without opinions and outside the phase of the city's own."""
    visit = save_visit(county, opinions="", visited_on="2011-07-04").id
    deliver(county, city, tmp_path / "up")
    return visit


HELPED = {"types": "生活救助", "found_on": "2011-07-20"}


def help_twice(office: Office, person: str, visit: str) -> None:
    """Two aids in one year (G04), and one of another."""
    told = {"person": person, "visit": visit, "types": "生活救助", "found_on": "2011-07-20"}
    case = saving.save(office, Case, told).id
    for day, money in (("2011-07-22", "500"), ("2011-11-02", "300"), ("2010-12-01", "200")):
        given = {"case": case, "type": "生活救助", "given_on": day, "money": money}
        saving.save(office, Aid, given)


def both_levels(city: Office, county: Office, tmp_path: Path) -> None:
    """The city went to a unit of the county too (G05), and helped a worker of it (G08)."""
    firm = save_visit(county, enterprise_name="两级都去的厂").id
    unit = saving.show(county, Visit, firm).record.enterprise
    worker = {
        "name": "刘勇",
        "resident_id": "110101199003070337",
        "enterprise": unit,
    }
    person = saving.save(county, Person, worker).id
    saving.save(county, Case, {"person": person, "visit": firm, **HELPED})
    deliver(county, city, tmp_path / "both")
    visit = save_visit(city, enterprise_name="两级都去的厂", enterprise=unit, level="市级").id
    saving.save(city, Case, {"person": person, "visit": visit, **HELPED})


def test_every_rule_is_run_on_every_record_received_and_on_no_other(
    city: Office, county: Office, second_county: Office, tmp_path: Path, clock: SetClock
) -> None:
    clock.set(2011, 12, 10)
    save_visit(city, opinions="", enterprise_name="市属的厂")
    both_levels(city, county, tmp_path)
    for office in (county, second_county):
        save_visit(office, opinions="")
        visit = save_visit(office, headcount=300, workers_met=400).id
        number = "110101199003077774" if office is county else "11010519491231002X"
        told_person = {"name": "王？", "telephone": "12", "resident_id": number}
        person = saving.save(office, Person, told_person).id
        help_twice(office, person, visit)
        deliver(office, city, tmp_path / office.identity.station)
    with city.store.read() as connection:
        links = Links(city, connection)
        expected = Counter[tuple[str, str]]()
        every = revisions.live_records(connection)
        for type_name, record in every:
            state = states.get(connection, TYPES[type_name], record)
            if state is None or state.void or state.owner == city.identity.station:
                continue
            body = {**body_of(state.record), "unit": state.record.unit or state.owner}
            guards = Guards(links, OtherLevels(links, state.owner))
            campaign = asked_of(links, TYPES[type_name], body)
            found = checks.check(state.record, today=city.today(), campaign=campaign)
            found += guards.of(TYPES[type_name], body, record=record)
            expected.update(
                (record, findings.finding_key(one))
                for one in found
                if not one.is_guard or one.code in ("G03", "G04", "G05", "G07", "G08")
            )
    seen = look(city)
    assert told(seen.lines) == expected
    rules = {"V03", "V07", "P04", "P05", "T01", "G03", "G04", "G05", "G08"}
    assert rules <= {line.finding.code for line in seen.lines}
    ranks = [["错误", "核对", "提醒"].index(line.severity) for line in seen.lines]
    assert ranks == sorted(ranks), "the gravest first"
    narrowed = chosen(seen, station=COUNTY, severity="核对")
    assert {line.record.owner for line in narrowed} == {COUNTY}
    assert {line.severity for line in narrowed} == {"核对"}


def test_what_was_given_is_told_in_yuan(
    city: Office, county: Office, tmp_path: Path, clock: SetClock
) -> None:
    clock.set(2011, 12, 10)
    person = saving.save(county, Person, {"name": "龚龚", "resident_id": "11010519491231002X"}).id
    help_twice(county, person, save_visit(county).id)
    deliver(county, city, tmp_path / "in")
    said = [line.finding.sentence for line in look(city).lines if line.finding.code == "G04"]
    assert len(said) == 2
    assert {"龚龚 500元" in one or "龚龚 300元" in one for one in said} == {True}


def test_a_finding_is_returned_as_a_question_and_is_gone_when_it_is_mended(
    city: Office, county: Office, received: str, tmp_path: Path
) -> None:
    one = only(city, "V03")
    done = finding_acts.send_back(city, [one], "请补填")
    assert (done.findings, done.records) == (1, 1)
    assert only(city, "V03").standing is Standing.RETURNED
    carry(county, answers.answer(city, COUNTY, tmp_path / "down").files)
    (item,) = trays.open_items(trays.tray(county, "return"))
    asked = item.review.record
    assert [(q.field, q.text) for q in asked.questions] == [
        ("opinions", "“建议与意见”是空的。纸面上确实没有填写时请说明理由。")
    ]
    assert asked.text == "请补填"
    state = saving.show(county, Visit, received)
    saving.save(county, Visit, {"opinions": "建议办食堂。"}, record=received, base=state.h)
    deliver(county, city, tmp_path / "again")
    assert "V03" not in codes(city, None)


def test_a_return_is_taken_back_by_one_undo_or_later_from_the_list(
    city: Office, received: str
) -> None:
    done = finding_acts.send_back(city, [only(city, "V03")])
    finding_acts.undo(city, done)
    assert "V03" in codes(city)
    finding_acts.undo(city, done)
    finding_acts.send_back(city, [only(city, "V03")])
    finding_acts.ask_again(city, [only(city, "V03")])
    assert "V03" in codes(city)
    assert trays.tray(city, "return") == []


def test_what_is_let_stand_is_not_asked_about_until_the_record_changes(
    city: Office, county: Office, received: str, tmp_path: Path
) -> None:
    with pytest.raises(UserError, check=lambda error: error.code == "WHY"):
        finding_acts.stand(city, [only(city, "V03")], " ")
    done = finding_acts.stand(city, [only(city, "V03")], "纸上没有写")
    one = only(city, "V03")
    assert (one.standing, one.reason) == (Standing.LET, "纸上没有写")
    finding_acts.undo(city, done)
    assert only(city, "V03").standing is Standing.OPEN
    finding_acts.stand(city, [only(city, "V03")], "纸上没有写")
    state = saving.show(county, Visit, received)
    saving.save(county, Visit, {"workers_met": 36}, record=received, base=state.h)
    deliver(county, city, tmp_path / "again")
    assert only(city, "V03").standing is Standing.OPEN, "another version is asked about again"


def test_what_its_office_answered_is_told_apart(
    city: Office, county: Office, tmp_path: Path
) -> None:
    save_visit(county, opinions="", accepted=[{"check": "V03", "reason": "没有提"}])
    deliver(county, city, tmp_path / "up")
    one = only(city, "V03")
    assert (one.standing, one.reason) == (Standing.SAID, "没有提")


def test_what_is_kept_is_never_stale(
    city: Office, county: Office, received: str, clock: SetClock
) -> None:
    before = codes(city, None)
    assert look(city).lines == look(city).lines
    state = next(iter(_campaigns(city)))
    saving.save(
        city,
        Campaign,
        {"starts": "2011-07-10"},
        record=state.id,
        base=state.h,
    )
    assert sorted(codes(city, None)) == sorted([*before, "V01"])


def _campaigns(city: Office) -> list[states.State[Campaign]]:
    with city.store.read() as connection:
        found = states.find(connection, Campaign)
    return [one for one in found if one.record.code == "2011-36"]


def test_it_says_how_far_it_is_and_stops(city: Office, received: str) -> None:
    steps: list[Step] = []
    cancel = Cancel()
    cancel.set()
    with pytest.raises(Cancelled):
        look(city, progress=steps.append, cancel=cancel)
    look(city, progress=steps.append)
    assert steps[0].label == "逻辑检查"
    assert steps[0].total == 1


def test_too_many_at_once_are_refused(
    city: Office, received: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding_acts, "MOST_AT_ONCE", 0)
    with pytest.raises(UserError, check=lambda error: error.code == "TOO_MANY"):
        finding_acts.send_back(city, [only(city, "V03")])


def test_it_is_written_and_printed(city: Office, received: str, tmp_path: Path) -> None:
    lines = look(city).lines
    sheet = finding_files.write_sheet(city, lines, "沙湾区总工会", tmp_path / "检查.xlsx")
    assert sheet.stat().st_size
    assert finding_files.write_paper(city, lines, "", Target(tmp_path / "检查.pdf")) == 1


def test_what_came_meanwhile_refuses_a_return(
    city: Office, county: Office, received: str, tmp_path: Path
) -> None:
    seen = look(city)
    one = only(city, "V03")
    state = saving.show(county, Visit, received)
    saving.save(county, Visit, {"opinions": "有"}, record=received, base=state.h)
    deliver(county, city, tmp_path / "again")
    with pytest.raises(UserError, check=lambda error: error.code == "STALE"):
        finding_acts.send_back(city, [one], base=seen.base)
