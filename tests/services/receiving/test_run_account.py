"""汇总情况: one account of a run, with what to do next, kept and printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.kernel.errors import EnvironmentProblem, UserError
from app.domain.records import Visit
from app.exchange.packagereader import inspect_package
from app.services.office.office import Office
from app.services.receiving import find_packages, kept_runs, run_account, take_package
from app.services.records import saving
from tests.services.offices import SetClock, save_visit, send


def test_a_run_is_told_kept_and_opened_again(
    city: Office, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    saved = save_visit(county)
    send(county, tmp_path / "first")
    saving.save(county, Visit, {"headcount": 1300}, record=saved.id)
    for file in send(county, tmp_path / "second"):
        if inspect_package(file).header.kind != "submission":
            file.unlink()
    tmp_path /= "second"
    (tmp_path / "坏.zfpkg").write_bytes(b"PK nothing")
    found = find_packages.chosen(city, [tmp_path])
    accounts = [take_package.receive(city, one.path) for one in found]
    pulled = EnvironmentProblem("GONE", "优盘拔出来了。", remedy="请插好再试。")
    gathered = run_account.gathered(
        [*accounts, ("乙.zfpkg", pulled)], left=["丙.zfpkg"], stopped=True
    )
    assert gathered.headline == ("已汇总 2 份，不能接收 1 份，没有读成 1 份，还没有轮到 1 份")
    figures = dict(gathered.figures)
    new = sum(one.new - one.changed for one in accounts)
    assert (figures["新增"], figures["改动"]) == (new, 1)
    told = "\n".join(run_account.lines(gathered))
    assert "坏.zfpkg：不能接收。" in told
    assert "乙.zfpkg：没有读成。优盘拔出来了。请插好再试。" in told
    assert "还没有汇总：丙.zfpkg" in told
    assert "下一步：还有 1 份没有汇总" in told

    kept = kept_runs.keep(city, gathered)
    clock.forward(days=1)
    kept_runs.keep(city, run_account.gathered(()))
    newest, first = kept_runs.kept(city)
    assert (first, first.by) == (kept, "市经办")
    titles = {one.title for one in kept.files if one.state == "merged"}
    assert {title.partition(" ")[0] for title in titles} == {"沙湾"}
    (broken,) = [one for one in kept.files if one.state == "refused"]
    assert broken.called == ("坏.zfpkg",)
    assert newest.headline == "没有文件"
    assert kept_runs.opened(city, kept.n) == kept
    with pytest.raises(UserError, check=lambda error: error.code == "NO_RUN"):
        kept_runs.opened(city, 99)
    out = tmp_path / "汇总情况.pdf"
    assert run_account.print_run(city, kept, out) == 1
    assert out.read_bytes().startswith(b"%PDF")


def test_what_is_in_without_anything_open_asks_only_for_the_review(
    city: Office, county: Office, tmp_path: Path
) -> None:
    save_visit(county)
    *_, file = send(county, tmp_path)
    run = run_account.gathered([take_package.receive(city, file)])
    assert run.steps == ("审核收到的记录（看明细），再给各单位写回执。",)
    again = run_account.gathered([take_package.receive(city, file)])
    assert (again.headline, again.steps) == ("以前已经汇总过 1 份", ())
    assert dict(again.figures)["新增"] == 0


def test_of_a_run_that_was_cut_off_the_ledger_says_what_is_in(
    city: Office, county: Office, tmp_path: Path
) -> None:
    """The power goes after the first of two files; afterwards the other one is taken in."""
    save_visit(county)
    first = send(county, tmp_path / "1")[-1]
    save_visit(county, enterprise_name="乙厂")
    second = send(county, tmp_path / "2")[-1]
    begun = kept_runs.begin_at(city, [first, second])
    take_package.receive(city, first)

    (cut_off,) = kept_runs.kept(city)
    assert cut_off.headline == "没有做完，已汇总 1 份，还没有轮到 1 份"
    assert cut_off.left == (second.name,)
    assert [one.title for one in cut_off.files] == ["沙湾 第2次"]

    again = kept_runs.begin_at(city, [first, second])
    accounts = [take_package.receive(city, one) for one in (first, second)]
    ended = kept_runs.keep(city, run_account.gathered(accounts, begun=again.n))
    newest, before = kept_runs.kept(city)
    assert (newest.n, before.n) == (2, 1)
    assert (newest, newest.headline) == (ended, "已汇总 1 份，以前已经汇总过 1 份")
    assert (before.n, before.left) == (begun.n, ())
    assert before.headline == "没有做完，已汇总 1 份"
    assert kept_runs.opened(city, begun.n) == before
    assert kept_runs.opened(city, again.n) == ended
