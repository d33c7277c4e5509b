"""Layouts nobody had thought of: right, or what is doubtful is told."""

import datetime as dt
from pathlib import Path

import pytest

from app.documents.wordforms.labels import Item
from app.documents.wordforms.reading import ReadFile, read_forms
from app.domain.kernel.errors import UserError
from tests.documents.wordforms.layouts import LAYOUTS, PLAIN, TITLE, UNIT, Layout
from tests.documents.wordforms.papers import C, docx, p, table

DATA = Path(__file__).parents[1] / "data/wordforms/layouts"
TODAY = dt.date(2012, 1, 1)
SAVED = sorted(DATA.iterdir())


def read(data: bytes) -> ReadFile:
    return read_forms(data, today=TODAY)


def require(found: ReadFile, layout: Layout) -> None:
    """The values are these, and what is doubtful is told."""
    told = [{item.value: v.words for item, v in form.values.items()} for form in found.forms]
    assert told == [{**PLAIN, **differing} for differing in layout.forms]
    for form in found.forms:
        doubts = {item.value: [d.code for d in v.doubts] for item, v in form.values.items()}
        for blank, code in layout.doubts.items():
            assert code in doubts[blank]
        assert [doubt.code for doubt in form.doubts] == list(filter(None, [layout.form_doubt]))


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_docx_is_read_whatever_its_layout(name: str) -> None:
    require(read(LAYOUTS[name].data), LAYOUTS[name])


@pytest.mark.parametrize("path", SAVED, ids=lambda path: path.name)
def test_the_same_saved_as_doc_and_odt(path: Path) -> None:
    """What LibreOffice saved of some of them."""
    require(read(path.read_bytes()), LAYOUTS[path.stem])


def refused(*blocks: str) -> str:
    with pytest.raises(UserError) as error:
        read(docx(*blocks))
    return error.value.code


def test_a_list_of_visits_is_no_form() -> None:
    heading = ["序号", "走访领导", "单位名称", "职工人数", "建议与意见"]
    assert (
        refused(
            p("走访情况登记表"),
            table(heading, ["1", "王建国", UNIT, "236", "无"], ["2", "李明", "某厂", "58", "无"]),
        )
        == "LIST_TABLE"
    )


def test_a_list_with_a_single_visit_is_a_list_by_its_numbers() -> None:
    assert refused(table(["序号", "走访领导", "单位名称"], ["1", "王建国", UNIT])) == "LIST_TABLE"


def test_a_list_of_visits_from_left_to_right_is_no_form() -> None:
    assert (
        refused(
            table(
                ["走访领导", "王建国", "李明"],
                ["单位名称", UNIT, "沙湾区嘉农镇中心卫生院"],
                ["职工人数", "236", "58"],
            )
        )
        == "LIST_TABLE"
    )


def test_a_report_is_no_form() -> None:
    assert refused(p("我镇参与走访领导共12人次，职工人数合计3460人。")) == "NO_FORM"


def test_a_blank_form_is_a_form_with_nothing_in_it() -> None:
    found = read(
        docx(
            TITLE,
            table(
                ["参与走访领导", "", "走访企（事）业单位名称", "", "走访企（事）业职工人数", "人"],
                ["企（事）业单位、职工的建议与意见", C("", 5)],
                ["说明", C("1、此表在“走访”活动结束后于12月15日前同总结一起上报市总；", 5)],
            ),
            p("填报单位：                      年     月     日"),
        )
    )
    assert [form.blank for form in found.forms] == [True]


def test_a_label_that_is_missing_is_told() -> None:
    found = read(docx(TITLE, table(["参与走访领导", "王建国"], ["走访单位", UNIT])))
    doubts = {item.value: v.doubts[0].code for item, v in found.forms[0].values.items() if v.doubts}
    missing = ("headcount", "opinions", "reporter", "filed_on")
    assert doubts == dict.fromkeys(missing, "MISSING_LABEL")


def test_two_days_at_the_foot_are_told() -> None:
    found = read(
        docx(
            TITLE,
            table(["走访领导", "王建国"], ["走访单位", UNIT]),
            p("2011年9月20日"),
            p("2011年10月8日"),
        )
    )
    doubts = {item.value: [d.code for d in v.doubts] for item, v in found.forms[0].values.items()}
    assert "TWICE" in doubts["filed_on"]


def test_a_foot_that_stands_once_is_not_given_to_the_forms_before_it() -> None:
    form = table(
        ["走访领导", "王建国"], ["走访单位", UNIT], ["职工人数", "236"], ["建议与意见", "无"]
    )
    found = read(docx(TITLE, form, TITLE, form, p("填报单位：沙湾区总工会  2011年9月20日")))
    assert [one.values[Item.REPORTER].words for one in found.forms] == ["", "沙湾区总工会"]
    assert found.forms[0].values[Item.REPORTER].doubts[0].code == "MISSING_LABEL"


def test_two_blanks_under_one_label_are_not_guessed_apart() -> None:
    found = read(
        docx(
            TITLE,
            table(["走访领导", "王建国"], ["走访单位及职工人数", f"{UNIT}，236人"], ["意见", "无"]),
        )
    )
    form = found.forms[0]
    assert form.values[Item.HEADCOUNT].doubts[0].code == "MISSING_LABEL"
    assert [doubt.code for doubt in form.doubts] == ["LEFT_OVER"]
