"""What becomes of the rows of a sheet, in words: for the window and for the command."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import msgspec

from app.documents.workbooks.workbook import SheetColumn, Skipped
from app.domain.checking.rule import Severity
from app.domain.checking.rules import RULES
from app.domain.kernel.changes import Changes

Outcome = Literal["add", "change", "same", "asked", "refused"]


class FieldChange(msgspec.Struct, frozen=True, gc=False):
    """What a row changes in one field, in words; what is sensitive is masked."""

    label: str
    old: str
    new: str

    @property
    def words(self) -> str:
        """电话：138… → 139…"""
        return f"{self.label}：{self.old or '（空）'} → {self.new or '（空）'}"


class ImportRow(msgspec.Struct, frozen=True, gc=False):
    """What becomes of one row of the sheet.

    `cells` are the addresses with a problem (C7), `sentences` say what is wrong in
    a refused row, what is asked, or which 提醒 an accepted one leaves open; `title` is what names
    the record in a list, as it stands in the row. `changes` are the fields that a change touches,
    `carried` says what other records filled in, `question` names the `Question` it belongs to.
    """

    row: int
    outcome: Outcome
    id: str = ""
    number: str = ""
    cells: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    title: str = ""
    changes: tuple[FieldChange, ...] = ()
    carried: tuple[str, ...] = ()
    question: str = ""

    @property
    def told(self) -> str:
        """All that is to be said of it."""
        changes = "；".join(change.words for change in self.changes)
        said = (
            (changes, *self.sentences) if self.outcome == "change" else (*self.sentences, changes)
        )
        return " ".join(filter(None, (*said, *self.carried)))


@dataclass(frozen=True, slots=True)
class Question:
    """What only a person can decide, once for all rows of its kind.

    Rows nobody decided about stay out; `answers` are the other ways, by name, `otherwise` says
    what happens without one.
    """

    code: str
    words: str
    answers: Mapping[str, str]
    otherwise: str = "不导入"


OF_RULES = tuple(
    Question(rule.code, rule.sentence.rstrip("。"), {"take": "核对过，确实如此，照表格导入"})
    for rule in RULES
    if rule.severity is Severity.ASK
)
"""The 核对 of a record by itself: what the form asks a reason for, a sheet asks once for all."""

QUESTIONS: Mapping[str, Question] = {
    one.code: one
    for one in (
        *OF_RULES,
        Question(
            "OTHER_NAME",
            "号码相同，名字不同",
            {"change": "是同一个，名字按表格改"},
        ),
        Question(
            "ELSEWHERE",
            "名录里有同名的单位，所在地或代码不同",
            {"change": "是同一家，按表格改", "add": "是另一家，新增"},
        ),
        Question(
            "THEIRS",
            "上级的名录里已有这一家，内容不同",
            {"add": "在本单位的名录里新增一条"},
        ),
        Question(
            "ALIKE",
            "同一件事已有一条，内容不同",
            {"change": "是同一次，按表格改", "add": "是另一次，新增"},
        ),
        Question(
            "G03",
            "同一个单位同一天已经登记过走访",
            {"add": "这一天确实去了两次，都导入"},
        ),
        Question(
            "G04",
            "本人或同户近期已经有帮扶",
            {"add": "确实又帮扶了一次，都导入"},
        ),
        Question(
            "CORRECTED",
            "导入过，后来改过",
            {"change": "改回表格里的内容"},
            "保留改过的",
        ),
        Question(
            "VISIT_DAY",
            "登记表上没有走访日期",
            {"filed": "走访日期用填报日期"},
        ),
        Question(
            "HIDDEN",
            "表格里隐藏或筛掉的行",
            {"take": "也导入"},
        ),
        Question(
            "VOIDED",
            "导入过，后来作废了",
            {"add": "重新新增"},
            "不再新增",
        ),
    )
}


class ImportAccount(msgspec.Struct, frozen=True):
    """What became (in a preview: would become) of every row of a workbook.

    `skipped` are rows left out on purpose (合计, signatures), each with its kind; `marked` is
    the copy with the bad cells marked, empty when none was made; `batch` is the import's number,
    by which it can be taken back. `columns` says of every column which field it was read as,
    `aside` names hidden sheets that hold records and were not read.
    """

    type: str
    file: str
    dry_run: bool
    added: int
    changed: int
    same: int
    refused: int
    rows: tuple[ImportRow, ...]
    skipped: tuple[Skipped, ...] = ()
    marked: str = ""
    asked: int = 0
    batch: int = 0
    columns: tuple[SheetColumn, ...] = ()
    aside: tuple[str, ...] = ()

    @property
    def changes(self) -> Changes:
        """What to redraw."""
        done = [row.id for row in self.rows if row.outcome in ("add", "change")]
        return Changes() if self.dry_run else Changes.of((self.type, one) for one in done)

    @property
    def left_out(self) -> tuple[SheetColumn, ...]:
        """The columns that do not come in."""
        return tuple(one for one in self.columns if not one.field and not one.ignored)

    @property
    def skipped_by_kind(self) -> dict[str, int]:
        """How many rows were left out on purpose, by kind in words."""
        return dict(Counter(row.kind.value for row in self.skipped))

    @property
    def questions(self) -> dict[str, int]:
        """How many rows belong to each question, those that were decided left out."""
        return dict(Counter(row.question for row in self.rows if row.question))
