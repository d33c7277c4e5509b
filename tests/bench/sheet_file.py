"""A sheet of persons as an office sends it, with shared strings; always the same."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from app.domain import codes
from tests.bench.data import Chronicle

_HEADINGS = (
    "姓名", "身份证号", "民族", "主要致困原因", "工作单位", "家庭住址", "手机号码",
    "本人月平均收入", "家庭人口", "困难情况", "建档日期", "知情同意日期",
)  # fmt: skip
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

Row = tuple[str | int, ...]


def write_persons(path: Path, count: int) -> None:
    """A workbook with this many persons, no ID number twice."""
    strings: dict[str, int] = {}
    rows = [_HEADINGS, *_persons(count)]
    lines = [_line(number, row, strings) for number, row in enumerate(rows, 1)]
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="困难职工" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>'
        f"{''.join(lines)}</sheetData></worksheet>",
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">'
        f"{''.join(f'<si><t>{escape(text)}</t></si>' for text in strings)}</sst>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, _HEAD + text)


def _persons(count: int) -> Iterator[Row]:
    chronicle = Chronicle("511111", "511111-00000000", "", 7)
    known: set[str] = set()
    while len(known) < count:
        person = chronicle.person()
        if person.resident_id in known:
            continue
        known.add(person.resident_id)
        yield (
            person.name,
            person.resident_id,
            codes.NATIONALITY.label_of(person.nationality),
            codes.DISTRESS_CAUSE.label_of(person.main_cause),
            f"乐山沫水纸业{len(known) % 900}公司",
            person.address,
            person.telephone,
            int(person.monthly_income or 0),
            person.household_size or 0,
            person.story,
            "2011-07-05",
            "2011-07-01",
        )


def _line(number: int, row: Row, strings: dict[str, int]) -> str:
    cells = []
    for column, value in enumerate(row):
        at = f"{chr(ord('A') + column)}{number}"
        if isinstance(value, int):
            cells.append(f'<c r="{at}"><v>{value}</v></c>')
        else:
            place = strings.setdefault(value, len(strings))
            cells.append(f'<c r="{at}" t="s"><v>{place}</v></c>')
    return f'<row r="{number}">{"".join(cells)}</row>'


def _content_types() -> str:
    parts = {
        "/xl/workbook.xml": "sheet.main",
        "/xl/worksheets/sheet1.xml": "worksheet",
        "/xl/sharedStrings.xml": "sharedStrings",
    }
    told = "".join(
        f'<Override PartName="{name}" ContentType="{_TYPE}.{kind}+xml"/>'
        for name, kind in parts.items()
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
        f' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{told}</Types>'
    )


def _relations(*targets: tuple[str, str]) -> str:
    told = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'
