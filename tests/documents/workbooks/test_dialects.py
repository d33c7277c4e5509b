"""Files as other programs write them, and as nobody should: old, odd, damaged, hostile."""

from __future__ import annotations

import io
import os
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from app.documents.workbooks.source import Held
from app.documents.workbooks.workbook import mark_problems
from app.domain.kernel.errors import UserError
from tests.documents.sheets import ID_A, ID_B, first_sheet, read
from tests.documents.xls import (
    HEAD,
    MAIN,
    Day,
    Failed,
    Formula,
    OldBook,
    OldSheet,
    compound,
    odd_book,
    person_row,
    record,
    sheet_xml,
    text_cell,
)

NAMES = ["姓名", "身份证号", "家庭人口"]
PERSON_ROW = person_row(2, "张三", ID_A)


def old(*sheets: OldSheet, since_1904: bool = False, before: bytes = b"") -> Held:
    return Held("名册.et", OldBook(sheets, since_1904, before).data())


def odd(sheet: str | bytes, **more: object) -> Held:
    return Held("名册.xlsx", odd_book(sheet, **more))  # type: ignore[arg-type]


def refusal(held: Held | Path) -> UserError:
    with pytest.raises(UserError) as refused:
        read(held)
    return refused.value


def told(held: Held) -> list[tuple[int, str]]:
    return [(row.number, row.body["name"]) for row in read(held).rows]


# -- .xls and .et


def test_an_old_workbook_is_read_with_its_errors_and_hidden_rows() -> None:
    found = read(
        old(
            OldSheet(
                "名册",
                [
                    [*NAMES, "手机", "建档日期"],
                    ["张三", ID_A, 3, 13812345678, Day(40728)],
                    ["李四", ID_B, Failed(42), None, "2011-7-5"],
                    ["王五", "110105491231002", Formula(0, lazy=True)],
                    ["赵六", "110105491231003", Formula(4)],
                ],
                hidden_rows=[3],
            )
        )
    )
    first, second, third, fourth = found.rows
    assert first.body["telephone"] == "13812345678"
    assert (first.body["filed_on"], second.body["filed_on"]) == ("2011-07-04", "2011-07-05")
    assert [row.hidden for row in found.rows] == [False, True, False, False]
    assert [problem.address for problem in found.problems] == ["C3", "C4"]
    assert "#N/A" in second.problems[0].sentence
    assert "还没有算出结果" in third.problems[0].sentence
    assert fourth.body["household_size"] == 4


def test_an_old_workbook_knows_its_merged_cells_and_hidden_sheets() -> None:
    lines = [["工作单位", *NAMES], ["甲厂", "张三", ID_A, 3], [None, "李四", ID_B, None]]
    found = read(
        old(
            OldSheet("去年", [NAMES, ["王五", ID_A, 1]], hidden=True),
            OldSheet("名册", lines, merged=[(1, 0, 2, 0), (1, 3, 2, 3)]),
        )
    )
    assert [row.body["workplace"] for row in found.rows] == ["甲厂", "甲厂"]
    assert [problem.address for problem in found.problems] == ["D2", "D3"]
    assert found.reading.aside == ("去年",)


def test_days_since_1904_are_the_right_days() -> None:
    lines = [["姓名", "身份证号", "建档日期"], ["张三", ID_A, Day(39266)], ["李四", ID_B, 39266]]
    found = read(old(OldSheet("名册", lines), since_1904=True))
    assert [row.body["filed_on"] for row in found.rows] == ["2011-07-04"] * 2


def test_an_old_workbook_with_a_password_is_called_locked() -> None:
    locked = old(OldSheet("名册", [NAMES]), before=record(0x2F, bytes(54)))
    assert refusal(locked).code == "WORKBOOK_LOCKED"


@pytest.mark.parametrize(
    ("sheet", "before"),
    [
        (OldSheet("x", [NAMES], more=record(0x203, b"\xff\xff\xff\xff" + bytes(10))), b""),
        (OldSheet("x", [NAMES]), record(0xFC, b"\xff" * 8)),
    ],
)
def test_an_old_workbook_that_claims_too_much_is_refused(sheet: OldSheet, before: bytes) -> None:
    assert refusal(old(sheet, before=before)).code in ("WORKBOOK_LARGE", "WORKBOOK_DAMAGED")


def test_an_old_file_of_another_program_is_no_sheet() -> None:
    assert refusal(Held("a.xls", compound(bytes(5000), "WordDocument"))).code == "WORKBOOK_FORMAT"


# -- odd but valid .xlsx

PLAIN = sheet_xml(HEAD + PERSON_ROW)


def spelled(text: str) -> str:
    """The same sheet with a prefix to every element."""
    for tag in ("worksheet", "sheetData", "row", "c", "is", "t"):
        text = text.replace(f"<{tag}>", f"<x:{tag}>").replace(f"<{tag} ", f"<x:{tag} ")
        text = text.replace(f"</{tag}>", f"</x:{tag}>")
    return text.replace("xmlns=", "xmlns:x=")


@pytest.mark.parametrize(
    "sheet",
    [
        PLAIN,
        spelled(PLAIN),
        PLAIN.replace('"', "'"),
        PLAIN.replace(' r="', ' r = "'),
        PLAIN.replace("<row r=", "<row\n\tr="),
        PLAIN.replace('<c r="A2" t="inlineStr">', '<c t="inlineStr" r="A2">'),
        PLAIN.replace("张三", "<![CDATA[张三]]>"),
        PLAIN.replace("张三", "&#24352;&#19977;"),
        PLAIN.replace("<row", "<!-- <c r='ZZZZZ9'/> --><row"),
        f'<?xml version="1.0" encoding="UTF-16"?>{PLAIN}'.encode("utf-16"),
        PLAIN.replace("<t>张三</t>", "<r><t>张</t></r><r><t>三</t></r><rPh><t>zhang</t></rPh>"),
        sheet_xml("".join((HEAD, PERSON_ROW)).replace(' r="1"', "").replace(' r="2"', "")),
    ],
)
def test_valid_dialects_are_read(sheet: str | bytes) -> None:
    assert told(odd(sheet)) == [(2, "张三")]


RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/{kind}" Target="{target}"/></Relationships>'
)


@pytest.mark.parametrize(
    ("target", "part"),
    [
        ("/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
        ("../xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
        ("worksheets\\sheet1.xml", "xl/worksheets/Sheet1.XML"),
        ("tabs/one.xml", "xl/tabs/one.xml"),
    ],
)
@pytest.mark.parametrize("main", ["xl/workbook.xml", "book/main.xml"])
def test_parts_may_lie_anywhere(target: str, part: str, main: str) -> None:
    folder, _, file = main.rpartition("/")
    reached = target if target.startswith("/") else f"../xl/{target}"
    parts = {
        "_rels/.rels": RELATIONS.format(kind="officeDocument", target=main),
        f"{folder}/_rels/{file}.rels": RELATIONS.format(
            kind="worksheet", target=target if folder == "xl" else reached
        ),
        part: PLAIN,
    }
    other = zipfile.ZipFile(io.BytesIO(odd_book(PLAIN)))
    if main != "xl/workbook.xml":
        parts[main] = other.read("xl/workbook.xml").decode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        if main == "xl/workbook.xml":
            archive.writestr(main, other.read(main))
    assert told(Held("a.xlsx", out.getvalue())) == [(2, "张三")]


def test_cells_without_addresses_are_counted() -> None:
    bare = PLAIN
    for at in ("A1", "B1", "A2", "B2"):
        bare = bare.replace(f' r="{at}"', "")
    assert told(odd(bare.replace(' r="1"', "").replace(' r="2"', ""))) == [(2, "张三")]


def test_a_result_a_program_only_promised_is_none() -> None:
    cells = '<c r="C2"><f>1+2</f><v>0</v></c>'
    sheet = sheet_xml(
        HEAD.replace("</row>", text_cell("C1", "家庭人口") + "</row>")
        + person_row(2, "张三", ID_A, cells)
    )
    assert read(odd(sheet)).problems == []
    lazy = odd(sheet.replace("<v>0<", "<v>3<"), calculation='<calcPr fullCalcOnLoad="1"/>')
    assert read(lazy).problems == []
    lazy = odd(sheet, calculation='<calcPr fullCalcOnLoad="1"/>')
    assert "还没有算出结果" in read(lazy).problems[0].sentence


def test_rows_of_no_height_and_filtered_rows_are_hidden() -> None:
    rows = person_row(2, "张三", ID_A).replace('<row r="2"', '<row r="2" ht="0" customHeight="1"')
    more = person_row(3, "李四", ID_B).replace('<row r="3"', '<row r="3" hidden="true"')
    after = '<autoFilter ref="A1:B3"><filterColumn colId="0"/></autoFilter>'
    found = read(odd(sheet_xml(HEAD + rows + more, after=after)))
    assert [row.hidden for row in found.rows] == [True, True]
    assert found.reading.filtered


def test_rows_without_content_cost_nothing_and_keep_the_others_where_they_are() -> None:
    empty = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(3, 200_000))
    sheet = sheet_xml(HEAD + PERSON_ROW + empty + person_row(200_000, "李四", ID_B))
    assert told(odd(sheet)) == [(2, "张三"), (200_000, "李四")]


# -- hostile


def bomb() -> str:
    inner = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    declared = f'<!DOCTYPE x [<!ENTITY a0 "xxxxxxxxxx">{inner}]>'
    return declared + PLAIN.replace("张三", "&a9;")


@pytest.mark.parametrize(
    ("sheet", "parts"),
    [
        (bomb(), {}),
        (PLAIN, {"xl/sharedStrings.xml": f'<sst {MAIN} uniqueCount="4000000000"/>'}),
        (PLAIN, {"xl/sharedStrings.xml": "<!DOCTYPE a><sst/>"}),
        (sheet_xml(HEAD + PERSON_ROW + '<row r="3"><c r="ZZZZZZZ3"><v>1</v></c></row>'), {}),
        (sheet_xml(HEAD + PERSON_ROW + '<row r="3"><c r="A99999999999"><v>1</v></c></row>'), {}),
        (sheet_xml(HEAD + PERSON_ROW + '<row r="3"><c r = "XFD999999"><v>1</v></c></row>'), {}),
        (sheet_xml(HEAD + PERSON_ROW + '<row r="3"><x:c r="XFD999999"><v>1</v></x:c></row>'), {}),
        (PLAIN, {"XL/WORKSHEETS/SHEET1.XML": PLAIN}),
        (PLAIN[:-20], {}),
    ],
)
def test_what_would_break_the_reader_is_refused_before(sheet: str, parts: dict[str, str]) -> None:
    assert refusal(odd(sheet, parts=parts)).code in ("WORKBOOK_LARGE", "WORKBOOK_DAMAGED")


def test_a_part_that_unpacks_to_more_than_it_says_is_refused() -> None:
    data = odd_book(sheet_xml(HEAD + PERSON_ROW + "<row/>" * 5000))
    size = len(sheet_xml(HEAD + PERSON_ROW + "<row/>" * 5000).encode())
    lying = data.replace(size.to_bytes(4, "little"), (size - 900).to_bytes(4, "little"))
    assert lying != data
    assert refusal(Held("a.xlsx", lying)).code == "WORKBOOK_DAMAGED"


def test_more_rows_than_a_sheet_holds_are_refused() -> None:
    assert refusal(odd(sheet_xml(HEAD + PERSON_ROW + "<row/>" * 1_048_600))).code == (
        "WORKBOOK_LARGE"
    )


def _mutated_sheet(chance: random.Random) -> bytes:
    tokens = ["99999999", "ZZZZZ", "-1", "<", "</row>", "<c ", "r=", "\0", '"', "XFE9", "<v>", ":"]
    text = sheet_xml(HEAD + PERSON_ROW + '<row r="3"><c r="A3" t="s"><v>0</v></c></row>')
    for _ in range(3):
        at = chance.randrange(len(text))
        text = text[:at] + chance.choice([*tokens, text[at : at + 9]]) + text[at + 1 :]
    return odd_book(text.encode("utf-8", "replace"))


def _mutated_records(chance: random.Random) -> bytes:
    stream = bytearray(OldBook([OldSheet("x", [NAMES, ["张三", ID_A, 3]])]).stream())
    for _ in range(3):
        stream[chance.randrange(len(stream))] = chance.choice([0, 255, chance.randrange(256)])
    return compound(bytes(stream))


@pytest.mark.parametrize("mutated", [_mutated_sheet, _mutated_records])
def test_what_is_damaged_anywhere_is_read_or_refused(
    mutated: Callable[[random.Random], bytes],
) -> None:
    for seed in range(150):
        try:
            read(Held("a.xlsx", mutated(random.Random(seed))))
        except UserError as error:
            assert error.remedy  # noqa: PT017


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a named pipe needs a system that has them")
def test_a_named_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.xlsx")
    assert refusal(tmp_path / "a.xlsx").code == "NOT_A_FILE"


def test_a_folder_is_no_sheet(tmp_path: Path) -> None:
    assert refusal(tmp_path).code == "NOT_A_FILE"


# -- a copy with marks


@pytest.mark.parametrize(
    "held",
    [
        old(OldSheet("名册", [NAMES, ["张三", "511", 3], ["李四", ID_B, Day(40728)]])),
        Held("名册.csv", f"姓名,身份证号,家庭人口\n张三,511,3\n李四,{ID_B},x\n".encode("gbk")),
    ],
)
def test_a_copy_of_any_file_is_marked_and_can_be_read(held: Held, tmp_path: Path) -> None:
    found = read(held)
    assert [one.address for one in found.problems] == ["B2", "C3"]
    mark_problems(held, tmp_path / "out.xlsx", found.reading, found.problems)
    sheet = first_sheet(tmp_path / "out.xlsx")
    assert sheet["B2"].comment is not None
    assert sheet["A3"].value == "李四"
    assert [one.address for one in read(tmp_path / "out.xlsx").problems] == ["B2", "C3"]
