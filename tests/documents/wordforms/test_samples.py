"""The forms of a trial, as .docx, .doc and .odt: every one is right, or says what to look at."""

import datetime as dt
import json
from pathlib import Path

import pytest

from app.documents.wordforms.labels import Item
from app.documents.wordforms.reading import ReadFile, read_forms
from app.domain.kernel.errors import UserError

DATA = Path(__file__).parents[1] / "data/wordforms"
TODAY = dt.date(2012, 1, 1)
TRUTH = json.loads((DATA / "truth.json").read_text())
SAMPLES = sorted(path for path in DATA.glob("*_*") if path.suffix in (".docx", ".doc", ".odt"))
TO_LOOK_AT = {
    "08_textbox_foot": {Item.REPORTER: "TEXTBOX", Item.FILED: "TEXTBOX"},
    "09_tracked": {Item.LEADERS: "TRACKED", Item.HEADCOUNT: "TRACKED"},
    "16_controls_fields_hidden": {Item.HEADCOUNT: "HIDDEN"},
    "19_vmerge_rows": {Item.HEADCOUNT: "HEADCOUNT_CHECK"},
}


def read(path: Path) -> ReadFile:
    return read_forms(path.read_bytes(), today=TODAY)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_every_value_is_read_as_a_person_would(path: Path) -> None:
    forms = read(path).forms
    assert len(forms) == len(TRUTH[path.stem])
    for form, truth in zip(forms, TRUTH[path.stem], strict=True):
        words = {item: value.words for item, value in form.values.items()}
        assert words == {
            Item.LEADERS: "、".join(truth["leaders"]),
            Item.ENTERPRISE: truth["enterprise"],
            Item.HEADCOUNT: str(truth["headcount"]),
            Item.OPINIONS: truth["opinions"],
            Item.REPORTER: truth["reporter"],
            Item.FILED: truth["date"],
        }


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_what_is_doubtful_is_told_and_nothing_else(path: Path) -> None:
    told = {
        item: value.doubts[0].code
        for form in read(path).forms
        for item, value in form.values.items()
        if value.doubts
    }
    wanted = dict(TO_LOOK_AT.get(path.stem, {}))
    if path.name == "16_controls_fields_hidden.doc":
        wanted[Item.ENTERPRISE] = "REPEATED"  # LibreOffice writes a content control four times
    assert told == wanted


def test_each_value_stands_beside_the_text_it_was_read_from() -> None:
    form = read(DATA / "19_vmerge_rows.docx").forms[0]
    assert form.values[Item.HEADCOUNT].source == "约236人（含临时工40人）"
    assert form.values[Item.FILED].source.strip() == "2011年9月20日"


def test_a_list_beside_the_form_is_told() -> None:
    (rows,) = read(DATA / "20_report_appendix.docx").lists
    assert rows == (("序号", "单位名称", "职工人数"), ("1", "嘉农镇某厂", "99"))


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("rtf.doc", "NOT_WORD", "RTF"),
        ("html.doc", "NOT_WORD", "网页"),
        ("jpg.docx", "NOT_WORD", "照片"),
        ("half.docx", "DAMAGED", "损坏"),
    ],
)
def test_a_file_that_is_something_else_is_told_by_its_content(
    name: str, code: str, words: str
) -> None:
    with pytest.raises(UserError) as error:
        read(DATA / name)
    assert error.value.code == code
    assert words in str(error.value)
    assert error.value.remedy
