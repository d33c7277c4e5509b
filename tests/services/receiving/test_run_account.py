"""汇总情况: one account of a run, with what to do next, kept and printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.kernel.errors import EnvironmentProblem, UserError
from app.domain.records import Visit
from app.exchange.packagereader import inspect_package
from app.services.office.office import Office
from app.services.receiving import find_packages, run_account, take_package
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

    kept = run_account.keep(city, gathered)
    clock.forward(days=1)
    run_account.keep(city, run_account.gathered(()))
    newest, first = run_account.kept(city)
    assert (first, first.by) == (kept, "市经办")
    titles = {one.title for one in kept.files if one.state == "merged"}
    assert {title.partition(" ")[0] for title in titles} == {"沙湾"}
    (broken,) = [one for one in kept.files if one.state == "refused"]
    assert broken.called == ("坏.zfpkg",)
    assert newest.headline == "没有文件"
    assert run_account.opened(city, kept.n) == kept
    with pytest.raises(UserError, check=lambda error: error.code == "NO_RUN"):
        run_account.opened(city, 99)
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
