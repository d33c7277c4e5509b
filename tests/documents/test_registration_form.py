"""附件2 on paper: blank, filled, several leaders, long advice, rare characters, void."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from app.documents.drawing.layout import AREA_WIDTH, MM, RIGHT
from app.documents.drawing.linebreak import CLOSING, OPENING
from app.documents.drawing.printed_code import PrintedCode
from app.documents.drawing.target import Target
from app.documents.forms.registration_form import FormTexts, RegistrationForm, registration_form
from app.documents.forms.registration_sheet import (
    COLUMNS,
    CONTINUED_BOTTOM,
    NOTE_HEIGHT,
    TABLE_BOTTOM,
    TABLE_TOP,
    justified_name,
)
from app.domain.codes import FORM_PLACE
from app.domain.kernel.errors import Cancelled, EnvironmentProblem, UserError
from app.domain.kernel.progress import Cancel, Step

TEXTS = FormTexts(
    title_lines=("乐山市总工会“进千户企业、访万名职工”", "实践活动情况登记表"),
    leaders=("参与走", "访领导"),
    enterprise=("走访企（事）", "业单位名称"),
    headcount=("走访企（事）", "业职工人数"),
    opinions=("企（事）业", "单位、职工", "的建议与", "意见"),
    note=("说明",),
    notes=(
        "1、此表在“走访”活动结束后于12月15日前同总结一起上报市总；",
        "2、各县（市、区）总工会要将走访活动的情况认真记载备查。",
    ),
)
PRINTED_WORDS = "".join(
    "".join(getattr(TEXTS, field.name)) for field in dataclasses.fields(FormTexts)
)
FILLED = RegistrationForm(
    leaders=("李明书", "刘 勇"),
    enterprise="乐山无线电公司",
    headcount=1250,
    opinions="一是企业反映用工结构性短缺；\n二是职工“阿约·伍萨”反映，班车线路调整后上下班不便。",
    reporter="沙湾区总工会",
    filed_on=date(2011, 12, 10),
    number="沙湾-2011-0137",
    record_id="0190a3c2-7d1e-7abc-9def-0123456789ab",
    version=3,
    h="0123456789abcdef" * 4,
)
SENTENCE = (
    "《工资集体合同》第12条约定的3,250.50元/月（2011年7月1日起）尚未落实……职工代表王琦说：“希望"
    "县总工会、市总工会出面协调——越早越好。”阿尔·日古、䶮先生、𬭎女士住荍坝镇、漹城街道。"
)
LONG = (SENTENCE * 32)[:3000]

ReadPages = Callable[..., list[str]]


def squeezed(text: str) -> str:
    return "".join(text.split())


def advice_box(top: float, bottom: float) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of the cell with the advice."""
    return (RIGHT - AREA_WIDTH + COLUMNS[0] + 1, bottom, RIGHT, top)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "登记表.pdf"


def test_the_words_come_from_the_shipped_campaign() -> None:
    shipped = Path(__file__).parents[2] / "resources" / "campaigns" / "2011-36.json"
    campaign = json.loads(shipped.read_text("utf-8"))["campaign"]
    places = {text["place"]: text["text"] for text in campaign["form_texts"]}
    assert FormTexts.from_places(places) == TEXTS


def test_a_campaign_without_a_form_is_refused_in_words() -> None:
    with pytest.raises(UserError, match="没有登记表的文字") as refused:
        FormTexts.from_places({"title1": "登记表", "leaders": "领导"})
    why = refused.value.why
    assert why == "缺少：走访单位、职工人数、建议与意见、说明、填报单位。"


def test_each_place_of_the_shipped_words_has_a_name() -> None:
    shipped = Path(__file__).parents[2] / "resources" / "campaigns" / "2011-36.json"
    campaign = json.loads(shipped.read_text("utf-8"))["campaign"]
    assert all(text["place"] in FORM_PLACE for text in campaign["form_texts"])


def test_words_longer_than_those_of_2011_stay_in_their_cells(
    out: Path, pages_of: ReadPages
) -> None:
    texts = dataclasses.replace(TEXTS, enterprise=("走访企（事）业单位名称及其所在的乡镇街道",))
    registration_form([RegistrationForm()], out, texts=texts)
    left = RIGHT - AREA_WIDTH + sum(COLUMNS[:2])
    cell = (left, TABLE_TOP - 20 * MM, left + COLUMNS[2], TABLE_TOP)
    assert squeezed(pages_of(out, cell)[0]) == texts.enterprise[0]


def test_a_blank_form_shows_the_printed_words_and_nothing_else(
    out: Path, pages_of: ReadPages
) -> None:
    assert registration_form([RegistrationForm()], out, texts=TEXTS) == 1
    (page,) = pages_of(out)
    assert sorted(squeezed(page)) == sorted(PRINTED_WORDS + "年月日")


def test_a_filled_form_shows_its_blanks_and_only_the_footer_more(
    out: Path, pages_of: ReadPages
) -> None:
    assert registration_form([FILLED], out, texts=TEXTS) == 1
    (page,) = pages_of(out)
    shown = squeezed(page)
    values = "李明书刘勇乐山无线电公司1250人沙湾区总工会2011年12月10日编号：沙湾-2011-0137"
    assert sorted(shown) == sorted(PRINTED_WORDS + values + squeezed(FILLED.opinions))
    assert "乐山无线电公司" in shown
    assert "填报单位：沙湾区总工会" in shown
    assert FILLED.record_id not in shown


def test_the_title_is_two_bold_lines_as_on_the_paper(
    out: Path, poppler: Callable[..., str]
) -> None:
    registration_form([FILLED], out, texts=TEXTS)
    assert poppler(out).split("\n")[:2] == list(TEXTS.title_lines)


def test_each_paragraph_of_the_advice_begins_two_characters_in(
    out: Path, pages_of: ReadPages
) -> None:
    registration_form([FILLED], out, texts=TEXTS)
    left = RIGHT - AREA_WIDTH + COLUMNS[0]
    indent = (left, TABLE_BOTTOM + NOTE_HEIGHT, left + 28, TABLE_TOP - 20 * MM)
    assert squeezed(pages_of(out, indent)[0]) == ""


def test_long_advice_runs_on_to_further_pages_without_losing_a_character(
    out: Path, pages_of: ReadPages
) -> None:
    count = registration_form([dataclasses.replace(FILLED, opinions=LONG)], out, texts=TEXTS)
    pages = pages_of(out)
    assert count == len(pages) == 4
    for number, page in enumerate(pages, start=1):
        assert f"第{number}页 共4页" in page
        assert "编号：沙湾-2011-0137" in page
        assert ("登记表（续页）" in page) == (number > 1)
        assert ("填报单位" in page) == (number == 1)
    first = pages_of(out, advice_box(TABLE_TOP - 20 * MM, TABLE_BOTTOM + NOTE_HEIGHT))[0]
    rest = pages_of(out, advice_box(TABLE_TOP, CONTINUED_BOTTOM))[1:]
    assert "".join("".join([first, *rest]).split("\n")) == LONG


def test_the_printed_lines_keep_the_rules_for_marks(out: Path, pages_of: ReadPages) -> None:
    registration_form([dataclasses.replace(FILLED, opinions=LONG)], out, texts=TEXTS)
    pages = pages_of(out, advice_box(TABLE_TOP, CONTINUED_BOTTOM))[1:]
    lines = [line.strip() for page in pages for line in page.split("\n") if line.strip()]
    assert len(lines) > 60
    assert not [line for line in lines if line[0] in CLOSING]
    assert not [line for line in lines if line[-1] in OPENING]
    ends = [left[-1] + right[0] for left, right in pairwise(lines)]
    assert not [end for end in ends if end.isascii() and end.isalnum()]
    assert not {"……", "——"} & set(ends)


def test_rare_characters_are_printed_and_can_be_copied(out: Path, pages_of: ReadPages) -> None:
    form = dataclasses.replace(
        FILLED, leaders=("阿尔·日古", "䶮𬭎"), enterprise="荍坝镇漹城街道㐂公司"
    )
    registration_form([form], out, texts=TEXTS)
    shown = squeezed(pages_of(out)[0])
    assert "阿尔·日古䶮𬭎" in shown
    assert sorted("荍坝镇漹城街道㐂公司") == sorted(set("荍坝镇漹城街道㐂公司") & set(shown))


@pytest.mark.parametrize(
    ("leaders", "enterprise", "headcount"),
    [
        (("李明书", "刘勇", "王琦", "谢昆", "吉克曲一·阿木"), "沙湾区医院", 1250),
        (("司马相如",) * 20, "四川省乐山市峨边彝族自治县大渡河流域水电开发公司" * 3, 1_234_567),
        (("古丽娜尔·阿卜杜热西提·买买提",), "Leshan Radio Co., Ltd.", 0),
    ],
)
def test_many_leaders_and_long_names_stay_in_their_cells(
    leaders: tuple[str, ...], enterprise: str, headcount: int, out: Path, pages_of: ReadPages
) -> None:
    form = dataclasses.replace(
        FILLED, leaders=leaders, enterprise=enterprise, headcount=headcount, opinions=""
    )
    assert registration_form([form], out, texts=TEXTS) == 1
    left = RIGHT - AREA_WIDTH
    edges = [left + sum(COLUMNS[:number]) for number in range(7)]
    for column, value in ((1, "".join(leaders)), (3, enterprise), (5, f"{headcount}人")):
        cell = (edges[column], TABLE_BOTTOM + NOTE_HEIGHT, edges[column + 1], TABLE_TOP)
        assert squeezed(pages_of(out, cell)[0]) == squeezed(value)


def test_a_long_reporting_unit_keeps_clear_of_the_date(out: Path, pages_of: ReadPages) -> None:
    reporter = "峨眉山—乐山大佛风景名胜区管理委员会工会联合会机关工会委员会"
    registration_form([dataclasses.replace(FILLED, reporter=reporter)], out, texts=TEXTS)
    sign = TABLE_BOTTOM - 2 * MM
    left = pages_of(out, (0, 40 * MM, RIGHT - 35 * MM, sign))[0]
    right = pages_of(out, (RIGHT - 35 * MM, 40 * MM, RIGHT, sign))[0]
    assert squeezed(left) == f"填报单位：{reporter}"
    assert squeezed(right) == "2011年12月10日"


def test_more_names_than_a_page_holds_are_refused_in_words(out: Path) -> None:
    form = dataclasses.replace(FILLED, leaders=("李明书",) * 60)
    with pytest.raises(UserError, match="一页放不下"):
        registration_form([form], out, texts=TEXTS)
    assert not out.exists()


def test_a_name_of_two_characters_is_set_as_wide_as_three() -> None:
    names = ("刘勇", "刘  勇", "谢　昆", "李明书", "阿尔·日古", "Li", "")
    assert [justified_name(name) for name in names] == [
        "刘\u3000勇",
        "刘\u3000勇",
        "谢\u3000昆",
        "李明书",
        "阿尔·日古",
        "Li",
        "",
    ]


def test_a_character_no_font_has_is_a_box_and_named_with_its_place(out: Path) -> None:
    form = dataclasses.replace(FILLED, enterprise="乐山\U0002b8a2公司")
    target = Target(out)
    assert registration_form([RegistrationForm(), form], target, texts=TEXTS) == 2
    (place,) = target.lacking
    assert place.startswith("沙湾-2011-0137 走访企（事）业单位名称：")
    assert "U+2B8A2" in place
    assert list(out.parent.iterdir()) == [out]


def test_the_code_names_record_version_and_hash() -> None:
    said = PrintedCode.read(FILLED.code_of(1, 2))
    record, h = "0190a3c2-7d1e-7abc-9def-0123456789ab", "0123456789abcdef"
    assert said == PrintedCode(record, 3, h, page=1, pages=2)
    assert RegistrationForm().code_of(1, 1) == ""


def test_the_code_is_read_from_every_page(
    out: Path, decoded_codes: Callable[[Path], list[str]]
) -> None:
    long = dataclasses.replace(FILLED, opinions=SENTENCE * 8)
    assert registration_form([long, RegistrationForm()], out, texts=TEXTS) == 3
    assert decoded_codes(out) == [FILLED.code_of(1, 2), FILLED.code_of(2, 2)]


def test_the_code_can_be_switched_off(
    out: Path, decoded_codes: Callable[[Path], list[str]]
) -> None:
    registration_form([FILLED], out, texts=TEXTS, qr=False)
    assert decoded_codes(out) == []


def test_a_void_form_says_so_in_its_footer(out: Path, pages_of: ReadPages) -> None:
    registration_form([dataclasses.replace(FILLED, void=True), FILLED], out, texts=TEXTS)
    footers = pages_of(out, (0, 0, 210 * MM, 30 * MM))
    assert ["已作废" in footer for footer in footers] == [True, False]


def test_many_forms_make_one_file_and_report_their_progress(out: Path, pages_of: ReadPages) -> None:
    steps: list[Step] = []
    forms = [dataclasses.replace(FILLED, number=f"沙湾-2011-{n:04d}") for n in range(20)]
    assert registration_form(forms, out, texts=TEXTS, progress=steps.append) == 20
    assert [form.number in page for form, page in zip(forms, pages_of(out), strict=True)]
    assert [step.done for step in steps] == list(range(21))


def test_cancelling_leaves_no_file_and_keeps_the_old_one(out: Path) -> None:
    cancel = Cancel()

    def press(step: Step) -> None:
        if step.done == 3:
            cancel.set()

    with pytest.raises(Cancelled):
        registration_form([FILLED] * 10, out, texts=TEXTS, progress=press, cancel=cancel)
    assert list(out.parent.iterdir()) == []
    out.write_bytes(b"old")
    with pytest.raises(Cancelled):
        registration_form([FILLED], out, texts=TEXTS, cancel=cancel)
    assert out.read_bytes() == b"old"


def test_a_stick_that_is_gone_is_reported(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="没有写成"):
        registration_form([FILLED], tmp_path / "gone" / "登记表.pdf", texts=TEXTS)
    assert list(tmp_path.iterdir()) == []


def test_the_same_form_gives_the_same_bytes_and_says_nothing_of_the_machine(out: Path) -> None:
    registration_form([FILLED], out, texts=TEXTS)
    first = out.read_bytes()
    registration_form([FILLED], out, texts=TEXTS)
    assert out.read_bytes() == first
    assert str(out.parent).encode() not in first
    assert b"2000" in first.split(b"/CreationDate", 1)[1][:20]
