"""Files made to do harm: refused within bounds, with words, whatever was changed in them."""

import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.documents.wordforms import bounds
from app.documents.wordforms.bounds import Budget
from app.documents.wordforms.labels import Item
from app.documents.wordforms.reading import paper_of, read_forms
from app.domain.kernel.errors import Cancelled, UserError
from app.domain.kernel.progress import Cancel
from tests.documents.wordforms.layouts import one
from tests.documents.wordforms.papers import C, docx, p, table

DATA = Path(__file__).parents[1] / "data/wordforms"
TODAY = dt.date(2012, 1, 1)
OLD = [path.read_bytes() for path in sorted(DATA.glob("*.doc")) if path.stat().st_size > 1000]
CODES = frozenset("NOT_WORD DAMAGED ENCRYPTED TOO_BIG NO_FORM LIST_TABLE".split())


def code_of(data: bytes) -> str:
    with pytest.raises(UserError) as error:
        read_forms(data, today=TODAY)
    assert error.value.remedy
    return error.value.code


def packed(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def document(xml: bytes) -> bytes:
    return packed(**{"word/document.xml": xml})


def test_an_empty_file() -> None:
    assert code_of(b"") == "DAMAGED"


def test_a_part_that_unpacks_without_end() -> None:
    assert code_of(document(b"<a>" + b" " * (bounds.LARGEST_PART + 1))) == "TOO_BIG"


def test_entities_are_not_expanded() -> None:
    told = b'<!DOCTYPE a [<!ENTITY b "ha">]><a>&b;</a>'
    assert code_of(document(told)) == "DAMAGED"


def test_elements_inside_each_other() -> None:
    assert code_of(document(b"<a>" * (bounds.DEEPEST + 1))) == "TOO_BIG"


def test_tables_inside_each_other() -> None:
    inside = p("深")
    for _ in range(bounds.NESTED + 1):
        inside = table([C("", inside=inside)])
    assert code_of(docx(inside)) == "TOO_BIG"


def test_cells_without_end() -> None:
    rows = [[C("一", span=499)] * 9] * 20
    assert code_of(docx(table(*rows))) == "TOO_BIG"


def test_cells_that_span_more_than_there_is() -> None:
    cell = '<t:table-cell t:number-columns-spanned="300" t:number-rows-spanned="300"/>'
    rows = f'<t:table-row t:number-rows-repeated="300">{cell * 3}</t:table-row>'
    body = f"<o:body><o:text><t:table>{rows}</t:table></o:text></o:body>"
    told = f'<o:d xmlns:o="o" xmlns:t="t">{body}</o:d>'
    mimetype = b"application/vnd.oasis.opendocument.text"
    assert code_of(packed(mimetype=mimetype, **{"content.xml": told.encode()})) == "TOO_BIG"


def test_a_file_that_asks_for_a_password() -> None:
    told = b'<m xmlns="a"><encryption-data/></m>'
    mimetype = b"application/vnd.oasis.opendocument.text"
    data = packed(**{"mimetype": mimetype, "META-INF/manifest.xml": told, "content.xml": b"<a/>"})
    assert code_of(data) == "ENCRYPTED"


def test_an_old_file_that_asks_for_a_password() -> None:
    data = bytearray(OLD[0])
    at = data.index(b"\xec\xa5")
    data[at + 0x0B] |= 0x01
    assert code_of(bytes(data)) == "ENCRYPTED"


def test_a_workbook_under_another_name() -> None:
    assert code_of(packed(**{"xl/workbook.xml": b"<a/>"})) == "NOT_WORD"


def test_a_blank_far_too_long_is_not_read() -> None:
    found = read_forms(one("王建国和" * 1000, count="1," * 1000), today=TODAY).forms[0]
    codes = {item: [doubt.code for doubt in value.doubts] for item, value in found.values.items()}
    assert codes[Item.LEADERS] == codes[Item.HEADCOUNT] == ["TOO_LONG"]


def test_the_work_for_one_file_is_bounded() -> None:
    with pytest.raises(UserError) as error:
        paper_of(one(), Budget(steps=20))
    assert error.value.code == "TOO_BIG"


def test_reading_stops_when_it_is_asked_to() -> None:
    cancel = Cancel()
    cancel.set()
    with pytest.raises(Cancelled):
        read_forms(one(), today=TODAY, cancel=cancel)


@st.composite
def broken(draw: st.DrawFn, whole: list[bytes]) -> bytes:
    """A real file with bytes changed, moved, doubled or left out, most often in its tables."""
    data = bytearray(draw(st.sampled_from(whole)))
    for _ in range(draw(st.integers(1, 12))):
        near = st.integers(0, min(len(data), 4096) - 1)
        at = draw(st.one_of(near, st.integers(0, len(data) - 1)))
        way = draw(st.integers(0, 3))
        if way == 0:
            data[at] = draw(st.integers(0, 255))
        elif way == 1:
            data[at : at + 4] = draw(st.sampled_from((b"\xff" * 4, b"\0" * 4, b"\xff\xff\xff\x7f")))
        elif way == 2:
            source = draw(st.integers(0, len(data) - 1))
            data[at : at + 512] = data[source : source + 512]
        else:
            del data[at : at + draw(st.integers(1, 700))]
        if not data:
            break
    return bytes(data)


def require_designed(data: bytes) -> None:
    """It is read, or refused with one of the designed errors; any other is a fault."""
    code = "NO_FORM"
    try:
        read_forms(data, today=TODAY)
    except UserError as error:
        code = error.code
    assert code in CODES


@settings(max_examples=300, deadline=None)
@given(broken(OLD))
def test_an_old_file_may_be_broken_anyhow(data: bytes) -> None:
    require_designed(data)


@settings(max_examples=100, deadline=None)
@given(broken([path.read_bytes() for path in sorted(DATA.glob("0[12]*.odt"))] + [one()]))
def test_a_packed_file_may_be_broken_anyhow(data: bytes) -> None:
    require_designed(data)


XML = (
    zipfile.ZipFile(io.BytesIO(one())).read("word/document.xml"),
    zipfile.ZipFile(DATA / "09_tracked.docx").read("word/document.xml"),
)


@settings(max_examples=100, deadline=None)
@given(broken(list(XML)))
def test_the_text_inside_may_be_broken_anyhow(xml: bytes) -> None:
    require_designed(document(xml))
