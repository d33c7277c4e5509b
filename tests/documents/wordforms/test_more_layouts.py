"""Layouts of forms made to mislead: every value is right, or a person is told to look at it."""

from __future__ import annotations

import datetime as dt

import pytest

from app.documents.wordforms.reading import ReadForm, read_forms
from tests.documents.wordforms.layouts import FOOT, PLAIN, SAID, TITLE, TOLD, UNIT, WHO
from tests.documents.wordforms.papers import C, Cells, box, control, docx, p, piece, table

HEAD: list[str | C] = ["参与走访领导", "王建国、刘勇", "走访单位", UNIT, "职工人数", "236"]


def form(*rows: Cells, foot: str = FOOT) -> bytes:
    """A form of these rows."""
    return docx(TITLE, table(*rows), foot)


def counted(words: str) -> bytes:
    return form([*HEAD[:-1], words], ["建议与意见", C(TOLD, 5)])


def led_by(words: str) -> bytes:
    return form([HEAD[0], words, *HEAD[2:]], ["建议与意见", C(TOLD, 5)])


_SAID: list[str | C] = ["建议与意见", C(TOLD, 5)]
_DROP = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/>'
    '<w:listEntry w:val="100"/><w:listEntry w:val="236"/></w:ddList></w:ffData></w:fldChar></w:r>'
    "<w:r><w:instrText>FORMDROPDOWN</w:instrText></w:r>"
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)
_SMALL = '<w:sz w:val="2"/>'
_TINY = f"<w:p>{piece('236')}{piece('9', _SMALL)}</w:p>"
_TRACKED = (
    '<w:p><w:del w:id="1" w:author="a"><w:r><w:delText>张三</w:delText></w:r></w:del>'
    f'<w:ins w:id="2" w:author="a">{piece("王建国、刘勇")}</w:ins></w:p>'
)

RIGHT = {
    "marks of direction and joints within words": form(
        [
            "参\u200f与走访\u200e领导",
            "\u200f王建国、\u200e刘勇",
            "走访\u2060单位",
            f"\ufeff{UNIT}",
            "职工\u200b人数",
            "23\u200b6",
        ],
        ["建议与\u00ad意见", C(TOLD, 5)],
    ),
    "the whole form in a cell beside a photograph": form(
        ["照片", C((), inside=table(HEAD, _SAID))]
    ),
    "a drop-down of an old form": form([*HEAD[:-1], C((), inside=_DROP)], _SAID),
    "a label written downwards beside merged cells": form(
        [C(tuple("走访领导"), down="begins"), C("王建国、刘勇", 3)],
        [C(down="goes on"), C("", 3)],
        ["走访单位", UNIT, "职工人数", "236"],
        [C(tuple("建议与意见"), down="begins"), C(TOLD[0], 3)],
        [C(down="goes on"), C(TOLD[1], 3)],
    ),
    "a content control around a cell's words": form(
        [HEAD[0], C((), inside=control(p("王建国、刘勇"))), *HEAD[2:]], _SAID
    ),
    "full-width figures": form(
        [*HEAD[:-1], "２３６　人"], _SAID, foot=p(f"填报单位：{WHO}　　２０１１年０９月２０日")
    ),
    "a letter for a nought in the year": form(
        HEAD, _SAID, foot=p(f"填报单位：{WHO}   二O一一年九月二十日")
    ),
}

DOUBTFUL = {
    "labels below their values": form(
        ["王建国、刘勇", UNIT, "236人"],
        ["参与走访领导", "走访单位名称", "职工人数"],
        [C(TOLD, 3)],
        [C("建议与意见", 3)],
    ),
    "labels right of their values": form(
        ["王建国、刘勇", "参与走访领导", UNIT, "走访单位"],
        ["236", "职工人数", C(TOLD), "建议与意见"],
    ),
    "the rest on the next page without a head": docx(
        TITLE,
        table(HEAD, ["建议与意见", C(TOLD[0], 5)]),
        p("", page=True),
        p("（接上页）"),
        table([C(TOLD[1], 6)]),
        FOOT,
    ),
    "the rest below the table as a line": docx(
        TITLE, table(HEAD, ["建议与意见", C(TOLD[0], 5)]), p(TOLD[1]), FOOT
    ),
    "two forms beside each other": form(
        ["参与走访领导", "王建国、刘勇", "参与走访领导", "李明"],
        ["走访单位", UNIT, "走访单位", "沙湾区嘉农镇中心卫生院"],
        ["职工人数", "236", "职工人数", "58"],
        ["建议与意见", C(TOLD), "建议与意见", "无"],
    ),
    "names with jobs in a table within the cell": form(
        [HEAD[0], C((), inside=table(["王建国", "主席"], ["刘勇", "副主席"])), *HEAD[2:]], _SAID
    ),
    "a number turned round": counted("\u202e632\u202c"),
    "a number with tiny figures behind it": form(
        [*HEAD[:-1], C((), inside=_TINY)],
        _SAID,
    ),
    "boxes over empty cells": form(
        [HEAD[0], C((), inside=box(p("王建国、刘勇"))), *HEAD[2:]], _SAID
    ),
    "a tracked change of the names": form([HEAD[0], C((), inside=_TRACKED), *HEAD[2:]], _SAID),
    "who came along stands with the leaders": led_by("王建国、刘勇，陪同：李四"),
    "words that ask for the unit": form(
        [*HEAD[:3], "（填写全称）", *HEAD[4:]], ["建议与意见", C("（请填写）", 5)]
    ),
    "a township before the unit": form([*HEAD[:3], f"嘉农镇：{UNIT}", *HEAD[4:]], _SAID),
    "a label split over two cells": form(
        ["参与走", "访领导", "王建国、刘勇", "走访单位", UNIT],
        ["职工", "人数", "236", "", ""],
        ["建议与", "意见", C(TOLD, 3)],
    ),
    "two numbers under one label": form([*HEAD[:4], "职工人数/走访职工人数", "236/35"], _SAID),
    "two hundred and more": counted("2百余人"),
    "a letter in a number": counted("l36"),
    "of two units": form(
        HEAD, ["走访单位", "沙湾区嘉农镇中心卫生院", "职工人数", "58", "", ""], _SAID
    ),
    "a range of days": form(HEAD, _SAID, foot=p(f"填报单位：{WHO}   2011年9月20日-22日")),
    "a day that is none": form(HEAD, _SAID, foot=p(f"填报单位：{WHO}   2011年9月31日")),
}


def read(data: bytes) -> tuple[ReadForm, ...]:
    return read_forms(data, today=dt.date(2012, 1, 1)).forms


@pytest.mark.parametrize("name", RIGHT)
def test_it_is_read_as_a_person_would(name: str) -> None:
    (found,) = read(RIGHT[name])
    assert {item.value: one.words for item, one in found.values.items()} == PLAIN
    assert not found.doubts
    assert not any(one.doubts for one in found.values.values())


@pytest.mark.parametrize("name", DOUBTFUL)
def test_nothing_wrong_goes_by_without_a_word(name: str) -> None:
    found = read(DOUBTFUL[name])[0]
    silent = {
        item.value: one.words
        for item, one in found.values.items()
        if one.words != PLAIN[item.value] and not one.doubts
    }
    assert found.doubts or not silent
    assert found.doubts or any(one.doubts for one in found.values.values())


def test_a_form_that_goes_on_under_its_head_once_more_is_told_on_both_pages() -> None:
    found = read(
        docx(
            TITLE,
            table(HEAD, ["建议与意见", C(TOLD[0], 5)]),
            p("", page=True),
            p("（续表）"),
            table(HEAD, ["建议与意见", C(TOLD[1], 5)]),
            FOOT,
        )
    )
    assert [[doubt.code for doubt in one.doubts] for one in found] == [["LEFT_OVER"]] * 2


def test_a_blank_form_before_a_filled_one_is_blank_alone() -> None:
    blank = table(["参与走访领导", "", "走访单位", "", "职工人数", "人"], ["建议与意见", C("", 5)])
    foot = p("填报单位：        年  月  日")
    found = read(docx(TITLE, blank, foot, TITLE, table(HEAD, _SAID), FOOT))
    assert [one.blank for one in found] == [True, False]
    assert {item.value: one.words for item, one in found[1].values.items()} == PLAIN
    assert PLAIN["opinions"] == SAID
