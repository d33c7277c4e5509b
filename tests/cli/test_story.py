"""The whole way through the command line: every step's JSON leads to the next."""

from __future__ import annotations

from pathlib import Path

from tests.cli.line import VISIT, as_json, ask, say
from tests.services.offices import CITY, COUNTY


def test_a_county_reports_the_city_answers_and_the_county_mends(tmp_path: Path) -> None:
    city, county, stick = tmp_path / "city", tmp_path / "county", tmp_path / "stick"
    made = ask("init", "--data", city, "--role", "city", "--unit", CITY)
    assert len(made["recovery_code"].split("-")) == 8
    assert made["check_code"] == made["city_check_code"]

    invited = ask("enrol", "invite", "--data", city, "--unit", COUNTY, "--out", stick)
    enable = [word for file in reversed(invited["files"]) for word in ("--from", file)]
    codes = ("--enable-code", invited["enable_code"], "--check-code", invited["check_code"])
    where = ("--data", county, "--role", "county", "--unit", COUNTY, "--operator", "李经办")
    founded = ask("init", *where, *enable, *codes)
    assert [account["state"] for account in founded["accounts"]] == ["recorded", "merged"]

    asked = ask("enrol", "request", "--data", county, "--out", stick)
    assert asked["check_code"] == founded["check_code"]

    added = ask("add", "--data", county, "visit", "--from", "-", stdin=as_json([VISIT]))
    (row,) = added["rows"]
    assert (row["saved"], row["number"]) == (True, "沙湾-2011-0001")
    sent = ask("submit", "--data", county, "--out", stick, "--signer", "王主任")
    assert sent["report"]["signer"] == "王主任"

    held = say("merge", "--data", city, *sent["files"], "--json")
    assert held.status == 1
    assert [a["state"] for a in held.json["accounts"]] == ["recorded", "held"]
    assert held.json["error"]["code"] == "SIGNER_UNKNOWN"

    approved = ask(
        *("enrol", "approve", "--data", city, asked["files"][0]),
        *("--out", stick, "--check-code", asked["check_code"]),
    )
    assert [(a["state"], a["new"]) for a in approved["accounts"]] == [("merged", 2)]

    record = ("visit", row["number"])
    ask("review", "return", "--data", city, *record, "--question", "headcount=请核对人数")
    told = ("--value", "走访职工人次=53", "--said-by", "李某", "--said-on", "2011-12-02")
    ask("review", "propose", "--data", city, *record, *told)
    assert ask("show", "--data", city, *record)["pending"]["workers_met"]["own"] == 35

    answered = ask("answer", "--data", city, "--unit", COUNTY, "--out", stick)
    assert answered["reviews"] == 2
    assert ask("merge", "--data", county, *answered["files"])["accounts"]
    tray = ask("review", "list", "--data", county)["items"]
    assert {item["verdict"] for item in tray} == {"return", "propose"}

    mend = as_json({"headcount": 1260})
    ask("add", "--data", county, "visit", "--from", "-", "--record", row["id"], stdin=mend)
    ask("adopt", "--data", county, *record)
    assert ask("review", "list", "--data", county)["items"] == []

    again = ask("submit", "--data", county, "--out", stick)
    ask("merge", "--data", city, *again["files"])
    seen = ask("show", "--data", city, *record)
    assert (seen["record"]["headcount"], seen["record"]["workers_met"]) == (1260, 53)
    assert seen["pending"] == {}
    campaign = ("--campaign", "2011-36")
    figures = ask("coverage", "--data", city, *campaign)["figures"]
    assert [one["visits"] for one in figures[0]["items"] if one["visits"]] == [[row["number"]]]
    assert ask("missing", "--data", city, *campaign)["standings"]
    assert ask("duplicates", "--data", city)["open"] == []
    versions = ask("history", "--data", city, *record)["versions"]
    assert [version["op"] for version in versions] == ["create", "edit", "adopt"]
    assert versions[1]["operator"] == "李经办"


def test_a_package_speaks_for_itself_without_a_data_folder(
    county: Path, city: Path, tmp_path: Path
) -> None:
    ask("add", "--data", county, "visit", "--from", "-", stdin=as_json(VISIT))
    sent = ask("submit", "--data", county, "--out", tmp_path / "stick")
    package = sent["files"][-1]
    seen = ask("inspect", package)
    assert (seen["header"]["kind"], seen["header"]["station"]) == ("submission", COUNTY)

    assert ask("verify", package)["signer_checked"] is False
    chain = ask("enrol", "invite", "--data", city, "--unit", "511112", "--out", tmp_path / "2")
    trust = chain["files"][0]
    checked = ask("verify", package, "--trust", trust)
    assert checked["signer_checked"] is True
    assert checked["root_check_code"] == chain["check_code"]
    assert ask("verify", trust)["trust_version"] == 2

    wrong = say("verify", package, "--trust", package, "--json")
    assert wrong.status == 1


def test_a_decision_about_two_records_is_remembered(county: Path) -> None:
    visits = [VISIT, VISIT | {"headcount": 9}]
    added = ask("add", "--data", county, "visit", "--from", "-", stdin=as_json(visits))
    one, other = (row["number"] for row in added["rows"])
    (pair,) = ask("duplicates", "--data", county)["open"]
    assert (pair["type"], {pair["one"]["number"], pair["other"]["number"]}) == (
        "visit",
        {one, other},
    )
    words = ("--data", county, "visit", one, other, "--reason", "上午和下午各一次")
    assert say("review", "link", *words).status == 2
    ask("review", "link", *words, "--different")
    assert ask("duplicates", "--data", county)["open"] == []


def test_the_keys_of_an_office(county: Path, city: Path, tmp_path: Path) -> None:
    shown = ask("keys", "show", "--data", county)
    assert shown["enrolled"] is True
    assert len(shown["writers"]) == 2

    exported = ask("keys", "export-identity", "--data", county, "--out", tmp_path / "age.key")
    key = Path(exported["identity"])
    assert key.read_text().startswith("AGE-SECRET-KEY-1")
    assert key.stat().st_mode & 0o777 == 0o600
    assert shown["writer"] in Path(exported["allowed_signers"]).read_text()

    closed = ask("keys", "revoke", "--data", city, shown["writer"], "--out", tmp_path / "stick")
    assert closed["version"] == 3
    fresh = ask("keys", "rotate", "--data", county)
    assert fresh["supersedes"] == shown["writer"]
    assert fresh["enrolled"] is False


def test_the_root_key_changes_hands(city: Path, tmp_path: Path) -> None:
    before = ask("keys", "show", "--data", city)["root_check_code"]
    ask("keys", "change-root", "--data", city, "--out", tmp_path / "stick")
    assert ask("keys", "show", "--data", city)["root_check_code"] != before


def test_there_is_nothing_to_settle_where_nothing_differs(county: Path) -> None:
    shown = say("settle", "--data", county, "visit", "没有的编号", "--json")
    assert shown.json["error"]["code"] == "NOT_FOUND"
    added = ask("add", "--data", county, "visit", "--from", "-", stdin=as_json(VISIT))
    number = added["rows"][0]["number"]
    assert ask("settle", "--data", county, "visit", number)["conflicts"] == {}
    wrong = say("settle", "--data", county, "visit", number, "--choose", "headcount=1")
    assert wrong.status == 2
