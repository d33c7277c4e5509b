"""What is too long for a cell of a list goes on in a sheet of its own, row below row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.documents.workbooks.saving import LONGEST, cell_text, fits
from app.documents.workbooks.streaming import sheet_in
from app.domain.kernel.text import clean_text

TITLE = "放不下的内容"
MARK = f"……（一格放不下，全文在“{TITLE}”表）"
_NAME = 60
_HEADINGS = (("序号", 7), ("哪一条", 22), ("栏目", 18), ("全文（一格放不下，分成几行）", 80))


class LongTexts:
    """The sheet is made with the first text that needs it; `strong` and `text` are its formats."""

    def __init__(self, workbook: Any, strong: Any, text: Any) -> None:
        self._workbook, self._strong, self._text = workbook, strong, text
        self._sheet: Any = None
        self._row = 0

    def fitted(self, text: str, heading: str, *, row: int, name: str) -> str:
        """The text as a cell holds it; one that is longer stands whole in the other sheet.

        `row` and `name` say whose it is.
        """
        clean = clean_text(text)
        if fits(clean):
            return clean
        if self._sheet is None:
            self._begin()
        for part in _parts(clean):
            self._sheet.write_number(self._row, 0, row, self._text)
            for column, words in enumerate((name[:_NAME], heading, part), 1):
                self._sheet.write_string(self._row, column, cell_text(words), self._text)
            self._row += 1
        return _beginning(clean, LONGEST - len(MARK)) + MARK

    def _begin(self) -> None:
        self._sheet = sheet_in(self._workbook, TITLE)
        for column, (heading, width) in enumerate(_HEADINGS):
            self._sheet.set_column(column, column, width)
            self._sheet.write_string(0, column, heading, self._strong)
        self._sheet.set_landscape()
        self._sheet.set_paper(9)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.repeat_rows(0)
        self._sheet.freeze_panes(1, 0)
        self._row = 1


def _parts(text: str) -> Iterator[str]:
    while text:
        part = _beginning(text, LONGEST)
        yield part
        text = text[len(part) :]


def _beginning(text: str, most: int) -> str:
    """As much of a text as `most` UTF-16 units hold, no character parted."""
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore")
