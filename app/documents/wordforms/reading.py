"""Read a Word file: its forms, each value beside the text it was read from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date

import msgspec

from app.documents.wordforms import values
from app.documents.wordforms.bounds import Budget, ListTable, encrypted, no_form, not_word
from app.documents.wordforms.docx import read_docx
from app.documents.wordforms.doubts import Doubt, told
from app.documents.wordforms.grouping import Grouping, Sheet, feet_of, sheets_of
from app.documents.wordforms.labels import NAMES, Item
from app.documents.wordforms.odt import is_odt, read_odt
from app.documents.wordforms.paper import Line, Mark, Paper
from app.documents.wordforms.saying import Rows, Said
from app.documents.wordforms.source import Kind, kind_of
from app.documents.wordforms.values import Taken
from app.documents.wordforms.walking import walk
from app.documents.wordforms.xml_tree import Archive
from app.domain.kernel.progress import Cancel

_ASKS = re.compile(
    r"(?:单击|点击)(?:此处|这里|或点击)|请(?:输入|选择)一?[项个]?|单击以"
    r"|\A\s*[（(【\[]\s*(?:请|此处|在此)?\s*(?:填|写|输入|注明)[^（）()]{0,16}[)）】\]]\s*\Z"
)
_LONGEST = {Item.OPINIONS: 100_000, Item.LEADERS: 1_000}
_LONGEST_SHORT = 400
"""Characters of a blank; of a longer one something else was taken for its value."""
_LONGEST_SOURCE = 20_000


class ReadValue(msgspec.Struct, frozen=True):
    """One blank of a form: the words as they would be typed, the source, what is doubtful."""

    words: str
    source: str
    doubts: tuple[Doubt, ...] = ()


class ReadForm(msgspec.Struct, frozen=True):
    """One form: its blanks by name, and doubts about the form as a whole."""

    values: dict[Item, ReadValue]
    doubts: tuple[Doubt, ...] = ()

    @property
    def blank(self) -> bool:
        """Whether nobody filled it in."""
        return not any(one.words for one in self.values.values())


class ReadFile(msgspec.Struct, frozen=True):
    """What a file holds: its forms, and the lists of visits that stand beside them."""

    forms: tuple[ReadForm, ...]
    lists: tuple[Rows, ...] = ()


def read_forms(data: bytes, *, today: date, cancel: Cancel | None = None) -> ReadFile:
    """The forms in the bytes of a file; `today` tells which days are still to come.

    Raises `UserError` NOT_WORD, DAMAGED, ENCRYPTED, TOO_BIG, NO_FORM, LIST_TABLE; `Cancelled`.
    """
    budget = Budget(cancel)
    paper = paper_of(data, budget)
    found = sheets_of(walk(paper.body, budget))
    if not found.sheets:
        found = sheets_of(walk([*paper.body, *paper.boxes], budget))
    else:
        _give_boxes(found, paper, budget)
    if not found.sheets:
        raise ListTable(found.lists) if found.lists else no_form()
    _give_feet(found.sheets, list(feet_of(walk(paper.feet, budget))))
    return ReadFile(tuple(_form(sheet, today) for sheet in found.sheets), tuple(found.lists))


def paper_of(data: bytes, budget: Budget) -> Paper:
    """What stands in a file, whatever its kind; raises as `read_forms`."""
    if kind_of(data) is Kind.OLE:
        from app.documents.wordforms.doc import read_doc  # noqa: PLC0415

        return read_doc(data, budget)
    archive = Archive(data, budget)
    if is_odt(archive):
        return read_odt(archive, budget)
    names = archive.names
    if any(name.startswith("word/") for name in names):
        return read_docx(archive, budget)
    if any(name.startswith("xl/") for name in names):
        raise not_word("这是 Excel 表格。", "请在“走访登记”里按 Ctrl+I，从 Excel 导入。")
    if "EncryptedPackage" in names:
        raise encrypted()
    raise not_word()


def _give_boxes(found: Grouping, paper: Paper, budget: Budget) -> None:
    """Text boxes whose place is not known: as many as forms stand in their order."""
    said = [one for one in walk(paper.boxes, budget) if isinstance(one, Said) and not one.left]
    _give_feet(found.sheets, said)


def _give_feet(sheets: Sequence[Sheet], said: Sequence[Said]) -> None:
    """Give forms what stands outside of them, where they have nothing of their own.

    A day of its own is not given to a form whose own foot holds one beside who reports.
    """
    for item in (Item.REPORTER, Item.FILED, Item.VISITED):
        mine = [one for one in said if one.item is item and not one.blank]
        lacking = [sheet for sheet in sheets if not sheet.filled(item)]
        if item is Item.FILED:
            lacking = [sheet for sheet in lacking if not _day_beside(sheet)]
        for sheet, one in zip(lacking, _handed_out(mine, len(lacking)), strict=False):
            sheet.said.setdefault(item, []).append(one)


def _day_beside(sheet: Sheet) -> bool:
    return any(_days_in(one.text) for one in sheet.filled(Item.REPORTER))


def _handed_out(said: Sequence[Said], count: int) -> list[Said]:
    """One for each form: in order where there are as many, all the same where there is one."""
    texts = {one.text for one in said}
    if len(texts) == 1:
        return [said[0]] * count
    return list(said) if len(said) == count else []


# -- one form


def _form(sheet: Sheet, today: date) -> ReadForm:
    def day(text: str) -> Taken:
        return values.day(text, today)

    found = {item: _value(sheet, item, take) for item, take in _TAKERS.items()}
    sheet.said[Item.FILED] = _days(sheet)
    if not sheet.said[Item.FILED]:
        del sheet.said[Item.FILED]
    found[Item.FILED] = _value(sheet, Item.FILED, day)
    if sheet.filled(Item.VISITED):
        found[Item.VISITED] = _value(sheet, Item.VISITED, day)
    return ReadForm(found, tuple(_of_form(sheet)))


def _days(sheet: Sheet) -> list[Said]:
    """Where the day of filing stands: at its label, else behind who reports, else by itself."""
    said = sheet.said.get(Item.FILED, [])
    labelled = [one for one in said if one.label]
    behind = [
        Said(Item.FILED, [Line(words, one.marks)])
        for one in sheet.said.get(Item.REPORTER, ())
        if (words := values.without_day(one.text[:_LONGEST_SHORT])[1])
    ]
    if any(not one.blank for one in labelled):
        return labelled
    if any(_days_in(one.text) for one in behind):
        return behind
    return [one for one in said if not one.label] or labelled or behind


def _days_in(text: str) -> bool:
    """Whether a text holds a day that was filled in."""
    day = values.without_day(text[:_LONGEST_SHORT])[1]
    return any(one.isalnum() and one not in "年月日号公元" for one in day)


def _who(text: str) -> Taken:
    return values.reporter(values.without_day(text)[0])


_TAKERS: dict[Item, Callable[[str], Taken]] = {
    Item.LEADERS: values.leaders,
    Item.ENTERPRISE: values.enterprise,
    Item.HEADCOUNT: values.headcount,
    Item.OPINIONS: values.opinions,
    Item.REPORTER: _who,
}


def _value(sheet: Sheet, item: Item, take: Callable[[str], Taken]) -> ReadValue:
    said = sheet.said.get(item, [])
    if not said:
        sentence = f"没有找到“{NAMES[item]}”这一栏。"
        return ReadValue("", "", (Doubt("MISSING_LABEL", sentence),))
    filled = [one for one in said if not one.blank]
    marks = {mark for one in said for mark in one.marks}
    doubts = [told(mark) for mark in Mark if mark in marks]
    if not filled:
        return ReadValue("", "", tuple(doubts))
    source = "\n".join(one.text for one in filled)[:_LONGEST_SOURCE]
    doubts += _of_labels(filled)
    taken = [_taken(item, one.text, take) for one in filled]
    texts = list(dict.fromkeys(words for words, _ in taken if words))
    for _, more in taken:
        doubts += more
    words = texts[0] if texts else ""
    if _ASKS.search(source[:_LONGEST_SHORT]):
        doubts.append(Doubt("PLACEHOLDER", "这像是表里的提示文字，不是填的内容。"))
    if len(texts) > 1:
        doubts.append(Doubt("TWICE", f"这份表里有{len(texts)}处“{NAMES[item]}”，内容不同。"))
        if item is Item.OPINIONS:
            words = "\n".join(
                f"{one.label}：{text}" for one, (text, _) in zip(filled, taken, strict=True) if text
            )
    return ReadValue(words, source, tuple(dict.fromkeys(doubts)))


def _taken(item: Item, text: str, take: Callable[[str], Taken]) -> Taken:
    """The words of a blank; one with far more than such a blank holds is not read at all."""
    if len(text) > _LONGEST.get(item, _LONGEST_SHORT):
        return "", [Doubt("TOO_LONG", f"“{NAMES[item]}”这一栏太长，没有读。")]
    return take(text)


def _of_labels(filled: Sequence[Said]) -> Iterator[Doubt]:
    if any(one.spread for one in filled):
        yield told("SPREAD")
    if any(one.label and not one.sure for one in filled):
        yield told("LABEL_CHECK")


def _of_form(sheet: Sheet) -> Iterator[Doubt]:
    left = [one.text for one in sheet.left if len(one.text.strip()) > 1]
    if left:
        words = "；".join(" ".join(text.split())[:40] for text in left[:5])
        yield Doubt("LEFT_OVER", f"表里这些内容没有归到哪一栏：“{words}”")
    if any(sheet.filled(item) for item in sheet.loose):
        yield Doubt("LOOSE_FOOT", "填报单位或日期写在标题上面，看看是不是这份表的。")
