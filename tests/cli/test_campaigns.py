"""活动 by command: what is wrong in a file gets a sentence, never a bug."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.cli.line import VISIT, as_json, ask, say

THIRD: dict[str, Any] = {
    "code": "2013-08",
    "title": "关于开展“送温暖”走访活动的通知",
    "document_number": "乐工发〔2013〕8号",
    "starts": "2013-01-04",
    "ends": "2013-02-28",
    "extra_fields": [
        {"type": "visit", "name": "coal", "label": "取暖用煤", "kind": "integer", "unit": "吨"}
    ],
}


def _refused(city: Path, typed: dict[str, Any]) -> Any:
    said = say("add", "--data", city, "campaign", "--from", "-", "--json", stdin=as_json(typed))
    assert said.status == 1, (typed, said)
    return said.json["rows"][0]["error"]


def _with_field(**told: object) -> dict[str, Any]:
    return THIRD | {"extra_fields": [THIRD["extra_fields"][0] | told]}


def test_an_added_field_of_a_kind_nobody_knows_is_refused_with_a_sentence(city: Path) -> None:
    error = _refused(city, _with_field(kind="wormhole"))
    assert error["code"] == "ENTRY"
    assert "填写方式" in error["what"]
    assert "wormhole" in error["what"]
    assert "整数" in error["remedy"]


def test_every_wrong_value_of_a_campaign_gets_a_sentence(city: Path) -> None:
    wrong: list[dict[str, Any]] = [
        _with_field(type="starship"),
        _with_field(kind="link"),
        _with_field(kind="rows"),
        _with_field(kind=7),
        _with_field(kind=["code"]),
        _with_field(required="也许"),
        _with_field(name="Coal Tons"),
        _with_field(name="headcount"),
        _with_field(label="走访日期"),
        _with_field(kind="code"),
        _with_field(least=5, most=1),
        _with_field(longest=-1),
        _with_field(unknown=1),
        THIRD | {"extra_fields": "取暖用煤"},
        THIRD | {"extra_fields": [3]},
        THIRD | {"extra_fields": THIRD["extra_fields"] * 2},
        THIRD | {"extra": 5},
        THIRD | {"extra": {"a": 1}},
        THIRD | {"dues": [{"item": "poem"}]},
        THIRD | {"dues": [{"item": "plan", "due": "2013-01-10", "remind": "2013-02-01"}]},
        THIRD | {"phases": [{"title": "一", "starts": "2013-02-01", "ends": "2013-01-01"}]},
        THIRD | {"indicators": [{"code": "T1", "title": "一", "measure": "furlong"}]},
        THIRD | {"headcount_threshold": "许多"},
        THIRD | {"headcount_threshold": 10**30},
        THIRD | {"starts": "2013-02-30"},
        THIRD | {"starts": "2013-03-01"},
        THIRD | {"title": 7.5},
        THIRD | {"objectives": {"a": 1}},
        THIRD | {"programmes": ["a_walk"]},
        THIRD | {"accepted": "K05"},
        THIRD | {"attachments": [{"name": "甲", "sha256": "z", "size": "大"}]},
    ]
    for typed in wrong:
        error = _refused(city, typed)
        assert error["what"], typed
    assert ask("add", "--data", city, "campaign", "--from", "-", stdin=as_json(THIRD))["saved"] == 1


def test_values_of_added_fields_are_read_as_their_kind(city: Path) -> None:
    ask("add", "--data", city, "campaign", "--from", "-", stdin=as_json(THIRD))
    mine = {**VISIT, "visited_on": "2013-01-20"}
    wrong: list[object] = [{"coal": "很多"}, {"coal": {"a": 1}}, {"coal": 1.5}, {"wood": 1}, 5]
    for extra in wrong:
        typed = as_json({**mine, "extra": extra})
        said = say("add", "--data", city, "visit", "--from", "-", "--json", stdin=typed)
        assert said.status == 1, (extra, said)
        assert said.json["rows"][0]["error"]["what"]
    right: list[dict[str, object]] = [{"取暖用煤": "3吨"}, {"extra": {"coal": "3"}}]
    for told in right:
        said = ask("add", "--data", city, "visit", "--from", "-", stdin=as_json({**mine, **told}))
        shown = ask("show", "--data", city, "visit", said["rows"][0]["number"])
        assert shown["record"]["extra"] == {"coal": 3}


def test_the_code_of_a_campaign_stays(city: Path) -> None:
    ask("add", "--data", city, "campaign", "--from", "-", stdin=as_json(THIRD))
    words = ("add", "--data", city, "campaign", "--from", "-", "--record", "2013-08", "--json")
    said = say(*words, stdin=as_json({"code": "2013-09"}))
    assert (said.status, said.json["rows"][0]["error"]["code"]) == (1, "CODE_FIXED")


def test_added_values_of_a_demand_are_told_by_what_they_are_called(
    city: Path, tmp_path: Path
) -> None:
    kinds = [("coal", "取暖用煤", "integer"), ("cold", "停暖", "flag")]
    fields = [{"type": "demand", "name": n, "label": w, "kind": k} for n, w, k in kinds]
    ask(*_ADD, city, "campaign", *_IN, stdin=as_json(THIRD | {"extra_fields": fields}))
    typed = {"raised_on": "2013-01-20", "category": "生活", "content": "取暖费没有发"}
    said = ask(*_ADD, city, "demand", *_IN, stdin=as_json(typed | {"取暖用煤": "３"}))
    number = said["rows"][0]["number"]
    ask(*_ADD, city, "demand", *_IN, "--record", number, stdin=as_json({"停暖": "是"}))
    words = say("show", "--data", city, "demand", number).out
    assert "取暖用煤：3\n停暖：是\n" in words
    assert ask("show", "--data", city, "demand", number)["added"] == {"取暖用煤": "3", "停暖": "是"}
    assert "修改  停暖" in say("history", "--data", city, "demand", number).out
    versions = ask("history", "--data", city, "demand", number)["versions"]
    assert versions[-1]["changed"] == ["cold"]
    sheet = tmp_path / "诉求.csv"
    sheet.write_text("类别,内容,提出日期,用煤\n生活,没有煤,2013-1-21,7\n", "utf-8-sig")
    ask("import", "--data", city, "demand", sheet, "--column", "用煤=取暖用煤")
    told = [one["record"].get("extra") for one in ask("list", "--data", city, "demand")["records"]]
    assert told == [{"coal": 3, "cold": True}, {"coal": 7}]
    old = as_json(typed | {"raised_on": "2011-08-01", "取暖用煤": 3})
    refused = say(*_ADD, city, "demand", *_IN, "--json", stdin=old)
    assert "没有“取暖用煤”这一项" in refused.json["rows"][0]["error"]["what"]


_ADD, _IN = ("add", "--data"), ("--from", "-")
