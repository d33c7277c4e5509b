"""What the eye sees otherwise than a reader of words: struck out, hidden, white, self-numbered."""

import datetime as dt
import subprocess
from pathlib import Path

import pytest

from app.documents.wordforms.labels import Item
from app.documents.wordforms.reading import ReadValue, read_forms
from tests.documents.wordforms.layouts import FOOT, TITLE, TOLD, UNIT
from tests.documents.wordforms.papers import C, docx, p, piece, table

CLOCK = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE \\@ "yyyy" </w:instrText>'
    '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    f"{piece('2011年9月20日')}"
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
LIST = "".join(
    '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    f"{piece(text)}</w:p>"
    for text in ("减轻负担。", "安排体检。")
)
WHITE = piece("999", '<w:color w:val="FFFFFF"/>')
NOTE = piece("1", '<w:vertAlign w:val="superscript"/>')
CASES = {
    "STRUCK": ("236", Item.HEADCOUNT, f"<w:p>{piece('200', '<w:strike/>')}{piece('236人')}</w:p>"),
    "HIDDEN": ("236", Item.HEADCOUNT, f"<w:p>{piece('236')}{piece('999', '<w:vanish/>')}</w:p>"),
    "PALE": (
        "236999",
        Item.HEADCOUNT,
        f"<w:p>{piece('236')}{WHITE}</w:p>",
    ),
    "HEADCOUNT_CHECK": (
        "236",
        Item.HEADCOUNT,
        f"<w:p>{piece('236')}{NOTE}</w:p>",
    ),
    "TURNED": ("632", Item.HEADCOUNT, p("\u202e632\u202c")),
    "AUTO_DATE": ("2011-09-20", Item.FILED, f"<w:p>{CLOCK}</w:p>"),
    "NUMBERED": ("减轻负担。\n安排体检。", Item.OPINIONS, LIST),
}


def form(code: str) -> bytes:
    _, item, inside = CASES[code]
    cells: dict[Item, C] = {
        Item.HEADCOUNT: C("236"),
        Item.OPINIONS: C(TOLD, 5),
        Item.FILED: C("2011年9月20日", 5),
    }
    span = 1 if item is Item.HEADCOUNT else 5
    cells[item] = C((), span, inside=inside)
    return docx(
        TITLE,
        table(
            ["参与走访领导", "王建国", "走访单位", UNIT, "职工人数", cells[Item.HEADCOUNT]],
            ["建议与意见", cells[Item.OPINIONS]],
            ["填报日期", cells[Item.FILED]],
        ),
    )


def value(data: bytes, code: str) -> ReadValue:
    found = read_forms(data, today=dt.date(2012, 1, 1)).forms[0]
    return found.values[CASES[code][1]]


@pytest.mark.parametrize("code", CASES)
def test_it_is_told_and_read_as_it_is_meant(code: str) -> None:
    found = value(form(code), code)
    assert found.words == CASES[code][0]
    assert [doubt.code for doubt in found.doubts] == [code]


STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
    '<w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Base"><w:name w:val="Base"/>'
    "<w:rPr><w:vanish/></w:rPr></w:style>"
    '<w:style w:type="paragraph" w:styleId="Gone"><w:name w:val="Gone"/>'
    '<w:basedOn w:val="Base"/></w:style>'
    '<w:style w:type="character" w:styleId="Unseen"><w:name w:val="Unseen"/>'
    "<w:rPr><w:vanish/></w:rPr></w:style>"
)


def styled() -> bytes:
    """A headcount with figures hidden by a style of letters, and lines by one of paragraphs."""
    gone = '<w:p><w:pPr><w:pStyle w:val="Gone"/></w:pPr>'
    shown = piece("安排体检。", '<w:vanish w:val="0"/>')
    unseen = piece("999", '<w:rStyle w:val="Unseen"/>')
    count = f"<w:p>{piece('236')}{unseen}</w:p>"
    said = f"{p('减轻负担。')}{gone}{piece('不要写这一句。')}</w:p>{gone}{shown}</w:p>"
    return docx(
        TITLE,
        table(
            ["参与走访领导", "王建国", "走访单位", UNIT, "职工人数", C((), inside=count)],
            ["建议与意见", C((), 5, inside=said)],
        ),
        FOOT,
        styles=STYLES,
    )


@pytest.mark.parametrize("ending", ["docx", "doc", "odt"])
def test_what_a_style_hides_is_not_read(ending: str, tmp_path: Path) -> None:
    (tmp_path / "form.docx").write_bytes(styled())
    if ending != "docx":
        saved_as(ending, tmp_path, [tmp_path / "form.docx"])
    data = (tmp_path / f"form.{ending}").read_bytes()
    found = read_forms(data, today=dt.date(2012, 1, 1)).forms[0]
    count, said = found.values[Item.HEADCOUNT], found.values[Item.OPINIONS]
    assert (count.words, [one.code for one in count.doubts]) == ("236", ["HIDDEN"])
    assert "不要写" not in said.words
    assert said.words.startswith("减轻负担。")
    # Of an .odt such a paragraph is not read at all, and is told.
    assert said.words.endswith("减轻负担。" if ending == "odt" else "安排体检。")
    assert "HIDDEN" in [one.code for one in said.doubts]


@pytest.mark.parametrize("look", ['<w:color w:val="FEFEFE"/>', '<w:sz w:val="2"/>'])
@pytest.mark.parametrize("ending", ["docx", "doc", "odt"])
def test_what_nobody_sees_is_told(look: str, ending: str, tmp_path: Path) -> None:
    inside = f"<w:p>{piece('236')}{piece('999', look)}</w:p>"
    cells = table(
        ["走访领导", "王建国", "职工人数", C((), inside=inside)], ["走访单位", C(UNIT, 3)]
    )
    (tmp_path / "form.docx").write_bytes(docx(TITLE, cells, FOOT))
    if ending != "docx":
        saved_as(ending, tmp_path, [tmp_path / "form.docx"])
    data = (tmp_path / f"form.{ending}").read_bytes()
    found = read_forms(data, today=dt.date(2012, 1, 1)).forms[0].values[Item.HEADCOUNT]
    assert [one.code for one in found.doubts] == ["PALE"]


def saved_as(ending: str, folder: Path, files: list[Path]) -> None:
    """Save files in another format with LibreOffice."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    words = ["soffice", profile, "--headless", "--convert-to", ending, "--outdir", str(folder)]
    subprocess.run([*words, *map(str, files)], check=True, capture_output=True)


def test_words_that_ask_for_something_are_told() -> None:
    found = read_forms(
        docx(TITLE, table(["走访领导", "单击此处输入文字"], ["走访单位", UNIT]), FOOT),
        today=dt.date(2012, 1, 1),
    )
    codes = [doubt.code for doubt in found.forms[0].values[Item.LEADERS].doubts]
    assert "PLACEHOLDER" in codes


@pytest.mark.parametrize("ending", ["doc", "odt"])
def test_the_same_in_other_kinds_of_file(ending: str, tmp_path: Path) -> None:
    """Saved by LibreOffice; a field of the clock becomes plain there, and is not asked for."""
    codes = [code for code in CASES if code != "AUTO_DATE"]
    for code in codes:
        (tmp_path / f"{code}.docx").write_bytes(form(code))
    saved_as(ending, tmp_path, [tmp_path / f"{code}.docx" for code in codes])
    for code in codes:
        if code == "NUMBERED":
            continue
        found = value((tmp_path / f"{code}.{ending}").read_bytes(), code)
        assert found.words == CASES[code][0]
        assert code in [doubt.code for doubt in found.doubts]


def test_a_name_whose_box_is_not_ticked_is_told() -> None:
    ticked, free = (f'<w:r><w:sym w:font="Wingdings" w:char="F0{n}"/></w:r>' for n in ("FE", "A8"))
    names = f"<w:p>{ticked}{piece('王建国 ')}{free}{piece('刘勇')}</w:p>"
    cells = table(["走访领导", C((), inside=names)], ["走访单位", UNIT])
    found = read_forms(docx(TITLE, cells, FOOT), today=dt.date(2012, 1, 1)).forms[0]
    value = found.values[Item.LEADERS]
    assert value.words == "☑王建国 □刘勇"
    assert [doubt.code for doubt in value.doubts] == ["LEADERS_CHECK"]


def test_a_day_that_was_said_stays_in_what_was_said() -> None:
    said = C(("加强培训。", "时间：2011年10月10日前落实。"))
    cells = table(["走访领导", "王建国"], ["走访单位", UNIT], ["建议与意见", said])
    found = read_forms(docx(TITLE, cells, FOOT), today=dt.date(2012, 1, 1)).forms[0]
    assert found.values[Item.OPINIONS].words == "加强培训。\n时间：2011年10月10日前落实。"
    assert found.values[Item.FILED].words == "2011-09-20"


def test_two_days_behind_who_reports_are_told() -> None:
    foot = p("填报单位：沙湾区总工会　2011年9月20日（2010年9月18日改）")
    cells = table(["走访领导", "王建国"], ["走访单位", UNIT])
    found = read_forms(docx(TITLE, cells, foot), today=dt.date(2012, 1, 1)).forms[0]
    assert found.values[Item.FILED].words == ""
    assert [one.code for one in found.values[Item.FILED].doubts] == ["DATE_UNCLEAR"]


def test_a_headcount_in_hundreds_is_told() -> None:
    cells = table(["走访领导", "王建国"], ["走访单位", UNIT], ["职工人数（百人）", "3"])
    found = read_forms(docx(TITLE, cells, FOOT), today=dt.date(2012, 1, 1)).forms[0]
    assert [one.code for one in found.values[Item.HEADCOUNT].doubts] == ["LABEL_CHECK"]


def test_words_of_a_control_that_were_filled_in_count() -> None:
    control = (
        '<w:p><w:sdt><w:sdtPr><w:showingPlcHdr w:val="0"/></w:sdtPr>'
        f"<w:sdtContent>{piece('王建国')}</w:sdtContent></w:sdt></w:p>"
    )
    cells = table(["走访领导", C((), inside=control)], ["走访单位", UNIT])
    found = read_forms(docx(TITLE, cells, FOOT), today=dt.date(2012, 1, 1)).forms[0]
    assert found.values[Item.LEADERS].words == "王建国"


def test_words_a_block_control_shows_in_place_of_a_value_do_not_count() -> None:
    control = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
        f"<w:sdtContent>{p('领导的姓名')}</w:sdtContent></w:sdt>"
    )
    cells = table(["走访领导", C((), inside=control)], ["走访单位", UNIT])
    found = read_forms(docx(TITLE, cells, FOOT), today=dt.date(2012, 1, 1)).forms[0]
    assert found.values[Item.LEADERS].words == ""


def test_a_paragraph_of_its_own_that_is_empty_says_nothing() -> None:
    data = docx(TITLE, table(["走访领导", "王建国"], ["走访单位", UNIT]), p(""), FOOT)
    found = read_forms(data, today=dt.date(2012, 1, 1))
    assert not found.forms[0].values[Item.LEADERS].doubts


def test_a_row_that_was_deleted_is_told_at_the_row_before_it() -> None:
    rows = table(["走访领导", "王建国"], ["走访单位", UNIT], ["走访单位", "另一个厂"])
    begin = rows.rindex("<w:tr>")
    deleted = f"{rows[:begin]}<w:tr><w:trPr><w:del/></w:trPr>{rows[begin + len('<w:tr>') :]}"
    found = read_forms(docx(TITLE, deleted, FOOT), today=dt.date(2012, 1, 1)).forms[0]
    value = found.values[Item.ENTERPRISE]
    assert value.words == UNIT
    assert [doubt.code for doubt in value.doubts] == ["TRACKED"]
