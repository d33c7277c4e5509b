"""What stands beside a label, as it would be typed."""

import datetime as dt

import pytest

from app.documents.wordforms import values

TODAY = dt.date(2012, 1, 1)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("王建国（区总工会主席）、刘　勇（副主席）", "王建国、刘勇"),
        ("王建国（主席）刘勇（副主席）", "王建国、刘勇"),
        ("王建国\n刘　勇\n阿克木呷", "王建国、刘勇、阿克木呷"),
        ("王建国 刘勇 李秀英", "王建国、刘勇、李秀英"),
        ("带队领导：王建国；成员：刘勇", "王建国、刘勇"),
        ("阿尔·日古、王建国（签字）", "阿尔·日古、王建国"),
        ("____", ""),
    ],
)
def test_leaders_that_are_clear(text: str, words: str) -> None:
    assert values.leaders(text) == (words, [])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("王建国副主席、刘勇同志", "王建国、刘勇"),
        ("刘勇副主席、刘勇区总工会主席", "刘勇"),
        ("区总工会主席王建国", "王建国"),
        ("王建国等3人", "王建国等3人"),
        ("王建国(彝名阿呷)", "王建国"),
        ("张书记", "张书记"),
        ("联系电话", "联系电话"),
        ("同前", "同前"),
    ],
)
def test_leaders_to_be_looked_at(text: str, words: str) -> None:
    found, doubts = values.leaders(text)
    assert found == words
    assert {doubt.code for doubt in doubts} == {"LEADERS_CHECK"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("236人", "236"),
        ("２３６", "236"),
        ("二百三十六人", "236"),
        ("一千零八十五", "1085"),
        ("二三六", "236"),
        ("1,085人", "1085"),
        ("十二人", "12"),
        ("三百零五", "305"),
        ("一万零五", "10005"),
        ("一万二千三百", "12300"),
        ("1，085", "1085"),
        ("共有职工236人", "236"),
        ("__236__人", "236"),
        ("   人", ""),
    ],
)
def test_headcounts_that_are_clear(text: str, words: str) -> None:
    assert values.headcount(text) == (words, [])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("约236人（含临时工40人）", "236"),
        ("236人，其中女职工100人", "236"),
        ("236余人", "236"),
        ("236户", "236"),
        ("男120人，女116人", ""),
        ("200-300人", ""),
        ("1.2万", ""),
        ("近百人", ""),
        ("2 3 6", ""),
        ("236²", "236"),
        ("236①", "236"),
        ("两千三", ""),
        ("二百五", ""),
        ("一万二", ""),
        ("百二十", ""),
        ("一二百", ""),
        ("三四十人", ""),
        ("二十三十", ""),
    ],
)
def test_headcounts_to_be_looked_at(text: str, words: str) -> None:
    found, doubts = values.headcount(text)
    assert found == words
    assert {doubt.code for doubt in doubts} == {"HEADCOUNT_CHECK"}


@pytest.mark.parametrize(
    "text",
    [
        "2011年9月20日",
        "2011 年 9 月 20 日",
        "二〇一一年九月二十日",
        "2011.9.20",
        "２０１１年９月２０日",
        "2011年9月20日 星期二",
    ],
)
def test_days_that_are_clear(text: str) -> None:
    assert values.day(text, TODAY) == ("2011-09-20", [])


@pytest.mark.parametrize(
    "text",
    [
        "2011年9月",
        "9月20日",
        "11年9月20日",
        "2011年9月31日",
        "2011年9月20日至22日",
        "2012年3月1日",
        "农历2011年8月23日",
        "2011年9月³日",
    ],
)
def test_days_to_be_looked_at(text: str) -> None:
    assert {doubt.code for doubt in values.day(text, TODAY)[1]} == {"DATE_UNCLEAR"}


def test_a_day_that_was_not_filled_in_is_none() -> None:
    assert values.day("     年     月     日", TODAY) == ("", [])


@pytest.mark.parametrize(
    "text", ["企业性质", "甲公司、乙公司", "甲有限公司\n乙有限公司", "福禄机械厂 沙湾水泥厂"]
)
def test_units_to_be_looked_at(text: str) -> None:
    assert {doubt.code for doubt in values.enterprise(text)[1]} == {"ENTERPRISE_CHECK"}


def test_a_name_broken_over_two_lines_is_one() -> None:
    assert values.enterprise("乐山福禄机械\n制造有限责任公司") == (
        "乐山福禄机械制造有限责任公司",
        [],
    )


def test_who_reports_without_the_seal() -> None:
    assert values.reporter("沙湾区嘉农镇工会联合会（盖章）") == ("沙湾区嘉农镇工会联合会", [])
