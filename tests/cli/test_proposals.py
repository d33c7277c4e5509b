"""What is proposed to a county by commands: refused with a reason, withdrawn; demands answered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.cli.line import VISIT, as_json, ask, say
from tests.services.offices import COUNTY

TOLD = ("--value", "走访职工人次=53", "--said-by", "李某", "--said-on", "2011-12-02")
WHY = "签到表上就是35人"


def add(county: Path, type_name: str, typed: dict[str, Any]) -> str:
    rows = ask("add", "--data", county, type_name, "--from", "-", stdin=as_json([typed]))["rows"]
    return str(rows[0]["number"])


def send(county: Path, city: Path, stick: Path) -> None:
    sent = ask("submit", "--data", county, "--out", stick, "--signer", "王主任")
    ask("merge", "--data", city, *sent["files"])


def answer(city: Path, county: Path, stick: Path) -> None:
    files = ask("answer", "--data", city, "--unit", COUNTY, "--out", stick)["files"]
    ask("merge", "--data", county, *files)


def test_a_county_refuses_a_proposal_and_the_city_withdraws_it(
    city: Path, county: Path, tmp_path: Path
) -> None:
    number = add(county, "visit", VISIT)
    send(county, city, tmp_path / "up")
    ask("review", "propose", "--data", city, "visit", number, *TOLD)
    answer(city, county, tmp_path / "down")
    assert say("review", "refuse", "--data", county, "visit", number).status == 2
    here = ("review", "refuse", "--data", county, "visit", number)
    assert ask(*here, "--reason", WHY)["refused"] == 1
    assert ask(*here, "--undo")["taken_back"] == 1
    assert ask(*here, "--reason", WHY)["refused"] == 1
    again = say(*here, "--reason", WHY, "--json")
    assert (again.status, again.json["error"]["code"]) == (1, "NOTHING_DONE")
    assert ask("review", "list", "--data", county)["items"] == []
    send(county, city, tmp_path / "up again")

    (one,) = ask("review", "refused", "--data", city)["refused"]
    assert (one["number"], one["reason"], one["left"]) == (number, WHY, False)
    ask("review", "leave", "--data", city, one["review"])
    assert ask("review", "refused", "--data", city)["refused"][0]["left"]
    ask("review", "withdraw", "--data", city, one["review"])
    late = say("review", "withdraw", "--data", city, one["review"], "--json")
    assert late.json["error"]["code"] == "STALE"


def test_a_proposal_that_was_refused_is_withdrawn(city: Path, county: Path, tmp_path: Path) -> None:
    number = add(county, "visit", VISIT)
    send(county, city, tmp_path / "up")
    ask("review", "propose", "--data", city, "visit", number, *TOLD)
    answer(city, county, tmp_path / "down")
    ask("review", "refuse", "--data", county, "visit", number, "--reason", WHY)
    send(county, city, tmp_path / "up again")
    (one,) = ask("review", "refused", "--data", city)["refused"]
    ask("review", "withdraw", "--data", city, one["review"])
    assert ask("show", "--data", city, "visit", number)["pending"] == {}
    assert "没有" in say("review", "refused", "--data", city).out
    answer(city, county, tmp_path / "down again")
    assert ask("review", "list", "--data", county, "--all")["items"] == []


def test_a_demand_passed_up_is_answered_onto_the_same_record(
    city: Path, county: Path, tmp_path: Path
) -> None:
    typed = {"提出日期": "2011-07-05", "类别": "生活", "内容": "拖欠三个月工资"}
    typed |= {"提请上级协调": "请市里协调国资委", "提请日期": "2011-07-09"}
    number = add(county, "demand", typed)
    send(county, city, tmp_path / "up")
    (waiting,) = ask("review", "demands", "--data", city)["demands"]
    assert (waiting["number"], waiting["requested"]) == (number, "请市里协调国资委")
    ask("review", "reply", "--data", city, number, "--text", "已商国资委，月底前补发")
    assert ask("review", "demands", "--data", city)["demands"] == []
    late = say("review", "reply", "--data", city, number, "--text", "再答一次", "--json")
    assert late.json["error"]["code"] == "NOT_WAITING"

    answer(city, county, tmp_path / "down")
    ask("adopt", "--data", county, "demand", number)
    kept = ask("show", "--data", county, "demand", number)
    assert kept["record"]["upper_reply"] == "已商国资委，月底前补发"
    send(county, city, tmp_path / "up again")
    assert ask("show", "--data", city, "demand", number)["pending"] == {}
