"""录入情况: what each operator keyed, and how a second reading agreed, for the office itself."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from app.services.office.office import Office
from app.services.people.keying_agreement import (
    Agreement,
    FieldAgreement,
    differing_fields,
    keying_agreement,
)
from app.services.people.keying_pace import DAYS, Pace, keying_pace
from app.services.records import keying_samples
from app.services.records.keying_samples import Sample
from app.ui.keys import ESCAPE, UP_DOWN, Action, tell
from app.ui.page_context import PageContext
from app.ui.pages.settings.panel import Panel, fit_height
from app.ui.parts.table import Cell, Column, Table
from app.ui.theme import LIGHT

_COLUMNS = (
    Column("姓名", 160),
    Column("填写（条）", 110, right=True),
    Column("用时", 120, right=True),
    Column("每小时（条）", 120, right=True),
    Column("后来更正（条）", 130, right=True),
    Column(""),
)
_AGREEMENT = (
    Column("二次录入：原录的人", 160),
    Column("抽到（张）", 110, right=True),
    Column("已再录（张）", 120, right=True),
    Column("比对（栏）", 120, right=True),
    Column("不一样（栏）", 130, right=True),
    Column("占", 90, right=True),
    Column("改正（栏）", 110, right=True),
    Column(""),
)
_FIELDS = (
    Column("二次录入：不一样的栏", 200),
    Column("类别", 130),
    Column("比对（张）", 110, right=True),
    Column("不一样（张）", 120, right=True),
    Column("占", 90, right=True),
    Column("改正（张）", 110, right=True),
    Column(""),
)
_SAMPLES = (
    Column("抽样", 110),
    Column("类别", 130),
    Column("每几条抽一", 110, right=True),
    Column("从第几条起", 110, right=True),
    Column("新录（条）", 110, right=True),
    Column("抽到（张）", 110, right=True),
    Column("已再录（张）", 120, right=True),
    Column("抽样人"),
)
_MOST_ROWS = 6


class _Read(NamedTuple):
    paces: Sequence[Pace]
    agreements: Sequence[Agreement]
    fields: Sequence[FieldAgreement]
    samples: Sequence[Sample]


def _read(office: Office) -> _Read:
    return _Read(
        keying_pace(office),
        keying_agreement(office),
        differing_fields(office),
        keying_samples.samples(office),
    )


class PacePanel(Panel):
    """A row for everybody who keyed something from paper."""

    heading = "录入情况"

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk)
        why = self.explain(
            f"近 {DAYS} 天照纸面填写的走访、困难职工档案和帮扶记录；导入的不算，停下 15 分钟以上的"
            "时间不算。后来更正，是保存以后又改了纸面上的内容。二次录入是换人照纸再录一遍的结果。只给本单位自己看，不报送。"
        )
        why.setContentsMargins(LIGHT.margin, 0, LIGHT.margin, 0)
        self.table = Table("录入情况", _COLUMNS)
        tell(self.table, UP_DOWN)
        self.column.setContentsMargins(0, LIGHT.gap, 0, LIGHT.gap)
        self.agreement = Table("二次录入", _AGREEMENT, quiet=True)
        self.fields = Table("不一样的栏", _FIELDS, quiet=True)
        self.samples = Table("抽样", _SAMPLES, quiet=True)
        for table in (self.table, self.agreement, self.fields, self.samples):
            self.column.addWidget(table)
        self.column.addStretch(1)
        self.back = Action(ESCAPE("返回"), lambda: None, self)
        self.add_bar([self.back], None)

    def activate(self) -> None:
        self.table.setFocus()

    def load(self) -> None:
        """Count again."""
        job = partial(_read, self.desk.office)
        self.await_first(self.desk.worker.read(job)).done.connect(self._show)

    def _show(self, read: _Read) -> None:
        found = read.paces
        for table, rows in (
            (self.table, [_row(one) for one in found]),
            (self.agreement, [_agreed(one) for one in read.agreements]),
            (self.fields, [_of_field(one) for one in read.fields]),
            (self.samples, [_sample(one) for one in read.samples]),
        ):
            table.set_rows(rows)
            fit_height(table, len(rows), _MOST_ROWS)
            table.setVisible(bool(rows) or table is self.table)
        if not found:
            self.say("info", f"近 {DAYS} 天没有人照纸面填写过。")


def _agreed(one: Agreement) -> list[Cell | str]:
    figures = (one.drawn, one.done, one.compared, one.differing, one.rate, one.mended)
    return [Cell(one.name, bold=True), *map(str, figures), ""]


def _of_field(one: FieldAgreement) -> list[Cell | str]:
    figures = (one.compared, one.differing, one.rate, one.mended)
    return [Cell(one.label, bold=True), one.type, *map(str, figures), ""]


def _sample(one: Sample) -> list[Cell | str]:
    figures = (one.every, one.start, one.among, one.drawn, one.done)
    return [one.at[:10], one.label, *map(str, figures), one.by]


def _row(one: Pace) -> list[Cell | str]:
    minutes = round(one.seconds / 60)
    spent = f"{minutes} 分钟" if minutes < 60 else f"{minutes / 60:.1f} 小时"
    figures = map(str, (one.records, spent, one.an_hour, one.corrected))
    return [Cell(one.name, bold=True), *figures, ""]
