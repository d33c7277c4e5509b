"""How commands end: refused, wrong usage, the machine in the way, a fault of the program."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import msgspec
import openpyxl
import pytest

from app.cli.opening import at_work
from tests.cli.line import VISIT, ask, say
from tests.services.offices import PASSPHRASE

PERSON = {"name": "阿尔·日古", "resident_id": "511102198001010012", "consent_on": "2011-7-1"}


def test_a_refusal_says_its_code_on_stderr_and_in_the_document(county: Path) -> None:
    said = say("show", "--data", county, "visit", "没有的编号", "--json")
    assert said.status == 1
    assert said.err.startswith("NOT_FOUND：")
    assert said.json["error"]["code"] == "NOT_FOUND"
    assert set(said.json["error"]) >= {"code", "what", "why", "remedy"}
    plain = say("show", "--data", county, "visit", "没有的编号")
    assert (plain.status, plain.out) == (1, "")


def test_a_wrong_passphrase_is_refused(county: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZOUFANG_PASSPHRASE", "not the horse")
    assert say("list", "--data", county, "visit", "--json").json["error"]["code"] == (
        "WRONG_PASSPHRASE"
    )


def test_a_folder_without_data_is_refused_before_a_passphrase_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ZOUFANG_PASSPHRASE")
    said = say("list", "--data", tmp_path, "visit", "--json")
    assert (said.status, said.json["error"]["code"]) == (1, "NO_STORE")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["lst"], "没有命令 lst。"),
        (["keys"], "缺少命令。"),
        (["list", "--data", "."], "缺少参数 TYPE。"),
        (["list", "visit"], "缺少选项 --data。"),
        (["list", "--data", ".", "访问"], "没有记录类型“访问”。"),
        (["list", "--data", ".", "visit", "--voids"], "没有选项 --voids。"),
        (["list", "--data", ".", "visit", "多", "余"], "多了参数：多 余。"),
        (["list", "visit", "--data"], "选项 --data 后面要有值。"),
        (["init", "--data", "x", "--role", "king", "--unit", "1"], "没有身份“king”。"),
        (["init", "--computer", "一"], "--computer 应是整数。"),
        (["submit", "--data", ".", "--out", ".", "--cap", "big"], "--cap 应是"),
        (["submit", "--data", ".", "--out", ".", "--signed-on", "昨天吧"], "昨天吧"),
    ],
)
def test_wrong_usage_is_told_in_chinese(
    words: list[str], sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ZOUFANG_DATA", raising=False)
    said = say(*words, "--json")
    assert said.status == 2
    assert said.json["error"]["code"] == "USAGE"
    assert sentence in said.err


def test_help_is_chinese_throughout() -> None:
    for words in ([], ["init"], ["keys"], ["review", "propose"], ["merge"]):
        said = say(*words, "--help")
        assert said.status == 0
        assert "用法：" in said.out
        for english in ("Usage", "Options", "required", "default", "Show this"):
            assert english not in said.out, words


def test_a_file_that_is_gone_is_the_machines_fault(county: Path, tmp_path: Path) -> None:
    for words in (
        ("inspect", tmp_path / "gone.zfpkg"),
        ("merge", "--data", county, tmp_path / "gone.zfpkg"),
        ("add", "--data", county, "visit", "--from", tmp_path / "gone.json"),
    ):
        said = say(*words, "--json")
        assert said.status == 3, words
        assert said.json["error"]["code"] == "FILE_GONE"


def test_a_folder_that_cannot_be_made_is_the_machines_fault(county: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    out = tmp_path / "file" / "stick"
    ask("add", "--data", county, "visit", "--from", "-", stdin=_json(VISIT))
    for words in (
        ("submit", "--data", county, "--out", out),
        ("init", "--data", out, "--role", "city", "--unit", "511100"),
        ("keys", "export-identity", "--data", county, "--out", out / "age.key"),
    ):
        assert say(*words, "--json").status == 3, words


def test_a_damaged_store_is_the_machines_fault(county: Path) -> None:
    for old in county.glob("store.db*"):
        old.write_bytes(b"x" * 8192)
    said = say("list", "--data", county, "visit", "--json")
    assert (said.status, said.json["error"]["code"]) == (3, "STORE_DAMAGED")


def test_a_fault_of_the_program_leaves_a_trace_without_what_was_typed(
    county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.services import records

    def fall(*_: object, **__: object) -> None:
        raise RuntimeError("阿尔·日古 511102198001010012")

    monkeypatch.setattr(records, "listing", fall)
    said = say("list", "--data", county, "visit", "--json")
    assert (said.status, said.json["error"]["code"]) == (4, "BUG")
    log = (tmp_path / "faults.log").read_text()
    assert "builtins.RuntimeError" in log
    assert "app/cli/looking.py" in log
    for text in (log, said.err, said.out):
        assert "511102198001010012" not in text
        assert "Traceback" not in text
    monkeypatch.setenv("ZOUFANG_DEBUG", "1")
    assert "Traceback" in say("list", "--data", county, "visit").err


def test_a_bad_row_stops_no_other(county: Path) -> None:
    rows = [VISIT, {"headcount": "很多"}, {**VISIT, "没有这一项": 1}, {**VISIT, "headcount": 7}]
    said = say("add", "--data", county, "visit", "--from", "-", "--json", stdin=_json(rows))
    assert said.status == 1
    assert [row["saved"] for row in said.json["rows"]] == [True, False, False, True]
    assert said.json["rows"][1]["error"]["code"] == "ENTRY"
    assert said.json["rows"][2]["error"]["code"] == "UNKNOWN_FIELD"
    assert ask("list", "--data", county, "visit")["count"] == 2


def test_what_is_no_json_is_refused(county: Path) -> None:
    for text in ("{", "[]", "[1]", "3", ""):
        said = say("add", "--data", county, "visit", "--from", "-", "--json", stdin=text)
        assert (said.status, said.json["error"]["code"]) == (1, "NOT_JSON"), text


def test_failed_checks_are_listed_and_reminders_accepted(county: Path) -> None:
    said = say("add", "--data", county, "走访登记", "--from", "-", "--json", stdin="{}")
    error = said.json["rows"][0]["error"]
    assert error["code"] == "CHECK_FAILED"
    assert {finding["field"] for finding in error["findings"]} >= {"leaders", "headcount"}
    visit = {**VISIT, "headcount": 0}
    noted = ask("add", "--data", county, "visit", "--from", "-", stdin=_json(visit))
    codes = [finding["code"] for finding in noted["rows"][0]["findings"]]
    assert codes
    accept = [word for code in codes for word in ("--accept", f"{code}=确实如此")]
    key = ("--record", noted["rows"][0]["number"])
    text = _json({"remarks": "已核对"})
    again = ask("add", "--data", county, "visit", "--from", "-", *key, *accept, stdin=text)
    assert all(finding["accepted"] for finding in again["rows"][0]["findings"])
    assert ask("check", "--data", county)["errors"] == 0


def test_the_store_is_examined_and_made_anew(county: Path) -> None:
    ask("add", "--data", county, "visit", "--from", "-", stdin=_json(VISIT))
    seen = ask("check", "--data", county)["store"]
    assert (seen["sound"], seen["agrees"], seen["rebuilt"]) == (True, True, False)
    again = ask("check", "--data", county, "--rebuild")["store"]
    assert (again["rebuilt"], again["digest"]) == (True, seen["digest"])

    with at_work(county) as office, office.store.write() as connection:
        connection.exec_driver_sql("UPDATE state_visit SET headcount = 1")
    said = say("check", "--data", county, "--json")
    assert (said.status, said.json["error"]["code"]) == (3, "STATE_DIFFERS")
    assert ask("check", "--data", county, "--rebuild")["store"]["digest"] == seen["digest"]


def test_a_voided_record_leaves_the_list(county: Path) -> None:
    added = ask("add", "--data", county, "visit", "--from", "-", stdin=_json(VISIT))
    number = added["rows"][0]["number"]
    ask("void", "--data", county, "visit", number, "--why", "重复登记")
    assert ask("list", "--data", county, "visit")["records"] == []
    (left,) = ask("list", "--data", county, "visit", "--void")["records"]
    assert left["void"] is True


def test_sensitive_fields_are_masked(county: Path) -> None:
    ask("add", "--data", county, "person", "--from", "-", stdin=_json(PERSON))
    for words in (("list",), ("history",), ("show",)):
        key = () if words == ("list",) else (_only(county, "person"),)
        for end in ((), ("--json",)):
            said = say(*words, "--data", county, "person", *key, *end)
            assert said.status == 0
            assert PERSON["resident_id"] not in said.out
    shown = ask("show", "--data", county, "person", _only(county, "person"))
    assert shown["record"]["resident_id"] == "511102**********12"


def test_packages_are_all_tried_and_any_refusal_is_told(
    county: Path, city: Path, tmp_path: Path
) -> None:
    ask("add", "--data", county, "visit", "--from", "-", stdin=_json(VISIT))
    stick = tmp_path / "stick"
    good = ask("submit", "--data", county, "--out", stick)["files"]
    (stick / "000-broken.zfpkg").write_bytes(b"PK nothing")
    tried = say("merge", "--data", city, stick, "--dry-run", "--json")
    assert tried.status == 1
    assert ask("list", "--data", city, "visit")["count"] == 0

    said = say("merge", "--data", city, stick, "--json")
    assert said.status == 1
    states = [account["state"] for account in said.json["accounts"]]
    assert states[0] == "refused"
    assert states[-1] == "merged"
    assert "PKG_CORRUPT" in said.err
    again = ask("merge", "--data", city, *good)
    assert {account["state"] for account in again["accounts"]} == {"duplicate"}


def test_forms_and_slips_are_printed(county: Path, tmp_path: Path) -> None:
    ask(
        "add",
        "--data",
        county,
        "visit",
        "--from",
        "-",
        stdin=_json([VISIT, VISIT | {"headcount": 9}]),
    )
    paper = tmp_path / "表.pdf"
    for choice, pages in ((("--all",), 2), (("--visit", "沙湾-2011-0001"), 1), (("--blank",), 1)):
        printed = ask("form", "--data", county, *choice, paper)
        assert printed["pages"] == pages
        assert paper.read_bytes().startswith(b"%PDF-")
    assert say("form", "--data", county, paper).status == 2
    sent = ask("submit", "--data", county, "--out", tmp_path / "stick")
    assert [Path(slip).name[:3] for slip in sent["slips"]] == ["送审表", "报送单"]
    asked = ask("enrol", "request", "--data", county, "--out", tmp_path / "stick")
    for slip in (*sent["slips"], asked["registration"]):
        assert Path(slip).read_bytes().startswith(b"%PDF-")


def test_from_a_stick_each_takes_what_is_its_own(county: Path, city: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    ask("enrol", "invite", "--data", city, "--unit", "511112", "--out", stick)
    ask("add", "--data", county, "visit", "--from", "-", stdin=_json(VISIT))
    ask("submit", "--data", county, "--out", stick)
    taken = ask("merge", "--data", city, *stick.glob("*.zfpkg"))
    assert {a["kind"] for a in taken["accounts"]} == {"enrol", "submission"}
    assert len(taken["skipped"]) == 2
    assert ask("merge", "--data", county, stick)["accounts"][0]["kind"] == "trust"
    named = say("merge", "--data", county, *stick.glob("*_to_511112_*"), "--json")
    assert (named.status, named.json["error"]["code"]) == (1, "NOT_FOR_US")


def test_nothing_new_is_refused_unless_something_waits_to_be_confirmed(
    county: Path, city: Path, tmp_path: Path
) -> None:
    ask("add", "--data", county, "visit", "--from", "-", stdin=_json(VISIT))
    first = ask("submit", "--data", county, "--out", tmp_path / "1")
    again = ask("submit", "--data", county, "--out", tmp_path / "2")
    assert again["report"] is None
    assert [Path(f).name for f in again["files"]] == [Path(f).name for f in first["files"]]
    ask("merge", "--data", city, *first["files"])
    answer = ask("answer", "--data", city, "--unit", "511111", "--out", tmp_path / "3")
    ask("merge", "--data", county, *answer["files"])
    said = say("submit", "--data", county, "--out", tmp_path / "4", "--json")
    assert (said.status, said.json["error"]["code"]) == (1, "NOTHING_TO_SEND")


def test_a_backup_brings_everything_back(county: Path, tmp_path: Path) -> None:
    ask("add", "--data", county, "visit", "--from", "-", stdin=_json(VISIT))
    made = ask("backup", "--data", county, tmp_path)
    ask("restore", "--data", tmp_path / "new", made["file"])
    assert ask("list", "--data", tmp_path / "new", "visit")["count"] == 1
    ask("add", "--data", county, "visit", "--from", "-", stdin=_json({**VISIT, "headcount": 9}))
    said = say("restore", "--data", county, made["file"], "--json")
    assert (said.status, said.json["error"]["code"]) == (1, "RESTORE_OLDER")
    ask("restore", "--data", county, made["file"], "--force")
    assert ask("list", "--data", county, "visit")["count"] == 1


def test_a_template_is_filled_and_imported(county: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "空表.xlsx"
    ask("template", "visit", sheet)
    _fill(sheet, {"走访企（事）业单位名称": "乐山无线电公司", "参与走访领导": "李明书"})
    key = ("--data", county, "visit", sheet)
    refused = say("import", *key, "--marked", tmp_path / "改.xlsx", "--json")
    assert (refused.status, refused.json["refused"]) == (1, 1)
    assert Path(refused.json["marked"]).exists()
    _fill(sheet, {"走访企（事）业职工人数": 5, "走访日期": "2011.7.20"})
    assert ask("import", *key, "--dry-run")["added"] == 1
    assert ask("list", "--data", county, "visit")["count"] == 0
    assert ask("import", *key)["added"] == 1
    assert ask("import", *key)["same"] == 1


def _fill(sheet: Path, row: dict[str, str | int]) -> None:
    book = openpyxl.load_workbook(sheet)
    page = book.worksheets[0]
    heading = next(n for n, cells in enumerate(page.values, 1) if "走访日期" in _plain(cells))
    columns = _plain(next(iter(page.iter_rows(heading, heading, values_only=True))))
    for label, value in row.items():
        page.cell(heading + 1, columns.index(label) + 1, value)
    book.save(sheet)


def _plain(cells: Iterable[object]) -> list[str]:
    return [str(cell or "").lstrip("＊") for cell in cells]


# Real processes: what a script sees.


def _zoufang(*words: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app", *map(str, words)],
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_door(tmp_path: Path) -> None:
    assert _zoufang("--version").stdout == "zoufang 0.1.0\n"
    assert "zoufang --help" in _zoufang().stdout
    loaded = "import sys; sys.argv[1:] = ['--version']; import app.__main__ as m; m.main()"
    heavy = (
        "print([n for n in ('typer', 'msgspec', 'sqlalchemy', 'reportlab') if n in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", f"{loaded}; {heavy}"], capture_output=True, text=True, check=True
    )
    assert ran.stdout.splitlines()[-1] == "[]"


def test_a_script_gets_pure_json_and_the_status(county: Path, tmp_path: Path) -> None:
    done = _zoufang("--json", "list", "--data", county, "visit", ZOUFANG_PASSPHRASE=PASSPHRASE)
    assert done.returncode == 0
    assert msgspec.json.decode(done.stdout)["count"] == 0
    assert done.stderr == ""
    refused = _zoufang("list", "--data", tmp_path, "visit", "--json")
    assert (refused.returncode, msgspec.json.decode(refused.stdout)["error"]["code"]) == (
        1,
        "NO_STORE",
    )
    assert _zoufang("list", "--data", county).returncode == 2
    assert _zoufang("inspect", tmp_path / "gone").returncode == 3


def test_no_passphrase_and_nobody_to_ask_is_wrong_usage(county: Path) -> None:
    said = _zoufang("list", "--data", county, "visit", ZOUFANG_PASSPHRASE="")
    assert said.returncode == 2
    assert "ZOUFANG_PASSPHRASE" in said.stderr


@pytest.mark.skipif(os.name != "posix", reason="os.kill sends no Ctrl-C on Windows")
def test_ctrl_c_cancels_a_long_job_cleanly() -> None:
    from app.cli.watching import Watch, watched
    from app.domain.errors import Cancelled

    def _press_ctrl_c(watch: Watch) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        watch.cancel.check()

    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(Cancelled), watched() as watch:
        _press_ctrl_c(watch)
    assert signal.getsignal(signal.SIGINT) is before


def _only(data: Path, type_name: str) -> str:
    (record,) = ask("list", "--data", data, type_name)["records"]
    return str(record["number"])


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
