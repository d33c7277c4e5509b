"""撤销这一次: all that a run of 汇总 brought leaves, and the same files bring it back."""

from __future__ import annotations

from pathlib import Path

from app.domain.records import Visit
from app.services.backup import integrity
from app.services.office.office import Office
from app.services.receiving import kept_runs, run_account, run_undo, take_package
from app.services.receiving.run_account import Run
from app.services.records import saving
from app.services.reviewing import answers
from tests.services.offices import COUNTY, SECOND_COUNTY, save_visit, send


def merged(city: Office, files: list[Path]) -> Run:
    accounts = [take_package.receive(city, file) for file in files]
    return kept_runs.keep(city, run_account.gathered(accounts))


def three_reports(county: Office, second: Office, stick: Path) -> list[Path]:
    save_visit(county)
    files = send(county, stick)
    save_visit(county, enterprise_name="另一家")
    files += send(county, stick)
    save_visit(second, enterprise_name="第三家")
    return [*files, *send(second, stick)]


def digest(office: Office) -> str:
    seen = integrity.examine_store(office)
    assert seen.sound
    assert seen.agrees
    return seen.digest


def test_a_run_is_taken_back_as_a_whole_and_merged_again(
    city: Office, county: Office, second_county: Office, tmp_path: Path
) -> None:
    files = three_reports(county, second_county, tmp_path)
    before = digest(city)
    run = merged(city, files)
    after = digest(city)
    wanted = run_undo.still_in(city, run)
    assert [one.package for one in wanted] == sorted((o.package for o in wanted), reverse=True)
    results = [run_undo.take_back(city, one) for one in wanted]
    assert digest(city) == before
    assert Visit.type_name in results[0].changes.types
    assert run_undo.still_in(city, run) == ()
    savings = sum(one.withdrawn for one in results)
    assert run_undo.told(results) == f"已撤销 {len(wanted)} 份，{savings} 次填写不再计入。"
    told = kept_runs.keep(city, run_undo.account(results))
    assert told.headline == f"已撤销 {len(wanted)} 份"
    assert "再收一次这些文件就重新汇总" in told.steps[0]
    _, first = kept_runs.kept(city)
    assert first.n == run.n
    assert f"已撤销 {len(wanted)} 份" in first.headline
    assert first.taken == ()
    gone = [one.sentence for one in first.files if one.state == "withdrawn"]
    assert gone == ["汇总以后又撤销了。"] * len(wanted)
    assert dict(first.figures)["新增"] == 0
    assert {one.state for one in merged(city, files).files} <= {"merged", "duplicate"}
    assert digest(city) == after
    newest, _, first = kept_runs.kept(city)
    assert len(newest.taken) == len(wanted)
    assert first.taken == ()
    assert run_undo.still_in(city, first) == ()


def test_an_undoing_that_was_cut_off_is_told_in_the_run_and_goes_on(
    city: Office, county: Office, second_county: Office, tmp_path: Path
) -> None:
    """The program is killed after one file: no account of the undoing was written."""
    run = merged(city, three_reports(county, second_county, tmp_path))
    wanted = run_undo.still_in(city, run)
    run_undo.take_back(city, wanted[0])
    (told,) = kept_runs.kept(city)
    assert f"已汇总 {len(wanted) - 1} 份" in told.headline
    assert "已撤销 1 份" in told.headline
    assert run_undo.still_in(city, told) == wanted[1:]


def test_what_an_office_was_told_that_it_came_stays_and_says_why(
    city: Office, county: Office, second_county: Office, tmp_path: Path
) -> None:
    files = three_reports(county, second_county, tmp_path / "up")
    run = merged(city, files)
    answers.answer(city, COUNTY, tmp_path / "down")
    results = [run_undo.take_back(city, one) for one in run_undo.still_in(city, run)]
    stayed = [one for one in results if one.refused]
    assert {one.file.title.partition(" ")[0] for one in results if not one.refused} == {"五通桥"}
    assert "已经答复对方收到" in stayed[0].refused
    assert f"有 {len(stayed)} 份没有撤销：{stayed[0].refused}" in run_undo.told(results)
    states = {one.state for one in run_undo.account(results).files}
    assert states == {"withdrawn", "kept"}
    assert [one.record.owner for one in saving.listing(city, Visit)] == [COUNTY] * 2
    assert SECOND_COUNTY not in {one.record.owner for one in saving.listing(city, Visit)}
