"""活动 in 设置: the city writes, everybody reads and sees what the city changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal

from app.domain.kernel.errors import Problem
from app.domain.records import Campaign, body_of
from app.services.campaigns import campaign_list, campaign_news
from app.services.campaigns.campaign_list import Listed, Standing
from app.services.lists import record_sheet
from app.services.lists.record_sheet import Opened
from app.services.records import saving
from app.services.records.checked_body import CheckFailed
from app.services.records.saving import Saved
from app.ui.forms.layouts.campaigns import CAMPAIGN
from app.ui.keys import ESCAPE, HISTORY, NEW, UP_DOWN, Action, key, tell
from app.ui.page_context import PageContext
from app.ui.pages.records.beside.history_card import HistoryCard
from app.ui.pages.settings.entry_panel import EntryPanel
from app.ui.pages.settings.panel import Panel
from app.ui.pages.settings.subject import Subject
from app.ui.parts.label import label
from app.ui.parts.table import Cell, Column, Table
from app.ui.theme import LIGHT

OPEN = key("Alt+1", "打开")
_COLUMNS = (
    Column("活动"),
    Column("文号", 156),
    Column("起止日期", 180),
    Column("", 84),
)
_TONES = {
    Standing.RUNNING: "ok",
    Standing.AHEAD: "info",
    Standing.OVER: "neutral",
    Standing.UNDATED: "warning",
}


class CampaignsSubject(Subject):
    """The list; one campaign in its parts; what was changed of it when by whom."""

    def __init__(self, desk: PageContext) -> None:
        words = "市总工会写，各单位看" if desk.office.is_city else "由市总工会写，随回执发来"
        super().__init__(desk, "活动", words)
        self.action = "settings" if desk.office.is_city else ""
        self.listed = ListPanel(desk)
        self.sheet = SheetPanel(desk)
        self.history = HistoryPanel(desk)
        for panel in (self.listed, self.sheet, self.history):
            self.add_panel(panel)
        self.listed.open.triggered.connect(self._open)
        self.listed.table.entered_row.connect(lambda row: self._open())
        self.listed.add.triggered.connect(self._begin)
        self.listed.told.triggered.connect(self._tell)
        for panel in (self.sheet, self.history):
            panel.given_up.triggered.connect(partial(self._leave, panel))
        self.sheet.saved.connect(self._back)

    def load(self) -> None:
        if self.panel is self.listed:
            self.listed.load()

    def can_leave(self) -> bool:
        if self.panel is not self.sheet or not self.sheet.parts.dirty:
            return True
        self.sheet.say("error", "活动改了还没有保存。请先按 Ctrl+S 保存，或按 Esc 不要这些改动。")
        return False

    def _open(self) -> None:
        one = self.listed.chosen
        if one is not None:
            self.sheet.show_campaign(one)
            self.show_panel(self.sheet)
            self._look_at(one)

    def _begin(self) -> None:
        one = self.listed.chosen
        if one is None:
            self.sheet.begin({}, "")
            self.show_panel(self.sheet)
            return
        job = partial(campaign_list.copied, self.desk.office, one.id)
        self.desk.worker.read(job).done.connect(partial(self._begin_with, one))

    def _begin_with(self, one: Listed, body: Mapping[str, Any]) -> None:
        self.sheet.begin(body, one.campaign.short_title or one.campaign.title)
        self.show_panel(self.sheet)

    def _tell(self) -> None:
        one = self.listed.chosen
        if one is not None:
            self.history.show_campaign(one)
            self.show_panel(self.history)
            self._look_at(one)

    def _look_at(self, one: Listed) -> None:
        if one.news is not None:
            job = partial(campaign_news.look_at, self.desk.office, one.id)
            self.desk.worker.write(job)

    def _leave(self, panel: Panel) -> None:
        if panel is self.sheet and not self.sheet.may_go():
            return
        self.show_panel(self.listed)
        self.listed.load()

    def _back(self, record: str, words: str) -> None:
        self.show_panel(self.listed)
        self.listed.load(record)
        self.listed.say("ok", words)


class ListPanel(Panel):
    """Every campaign, and how it stands today."""

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk)
        self.rows: Sequence[Listed] = ()
        self._wanted = ""
        self.table = Table("活动", _COLUMNS)
        self.table.setMinimumHeight(6 * LIGHT.row)
        tell(self.table, UP_DOWN("选活动"))
        self.column.setContentsMargins(0, 0, 0, LIGHT.gap)
        self.column.addWidget(self.table, 1)
        self.open = Action(OPEN, lambda: None, self)
        self.told = Action(HISTORY("谁改了什么"), lambda: None, self)
        self.add = Action(NEW("照这个新建"), lambda: None, self, icon="plus")
        left = [self.told, self.add] if desk.office.is_city else [self.told]
        note = "" if desk.office.is_city else "有改动的，看过就不再标出"
        self.add_bar(left, self.open, note)
        self.table.chosen_row.connect(self._enable)

    @property
    def chosen(self) -> Listed | None:
        """The campaign whose row is chosen."""
        row = self.table.row
        return self.rows[row] if 0 <= row < len(self.rows) else None

    def activate(self) -> None:
        self.table.setFocus()

    def load(self, record: str = "") -> None:
        """Read the list again, and choose one of it."""
        self._wanted = record or (self.chosen.id if self.chosen else "")
        job = partial(campaign_list.listed, self.desk.office)
        self.await_first(self.desk.worker.read(job)).done.connect(self._show)

    def _show(self, rows: Sequence[Listed]) -> None:
        self.rows = rows
        self.table.set_rows([_row(one) for one in rows])
        places = [place for place, one in enumerate(rows) if one.id == self._wanted]
        self.table.selectRow(places[0] if places else 0)
        self._enable()

    def _enable(self) -> None:
        for action in (self.open, self.told):
            action.setEnabled(self.chosen is not None)


class SheetPanel(EntryPanel):
    """One campaign in its parts; `saved(record, words)`."""

    saved = Signal(str, str)

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk, Campaign, CAMPAIGN, writes=desk.office.is_city)
        self._record: Listed | None = None

    def show_campaign(self, one: Listed) -> None:
        """Show a campaign; the city may change it."""
        self._record = one
        campaign = one.campaign
        title = f"{campaign.short_title or campaign.title}　{campaign.document_number}"
        self.show_body(body_of(campaign), title, new=False)

    def begin(self, body: Mapping[str, Any], like: str) -> None:
        """A new campaign, with what it takes over from another."""
        self._record = None
        title = f"新的活动，照{like}，日期推后一年" if like else "新的活动"
        self.show_body(body, title, new=True)

    def write(self) -> None:
        one = self._record
        typed = self.parts.changes() if one else self.parts.body()
        job = partial(
            saving.save,
            self.desk.office,
            Campaign,
            typed,
            record=one.id if one else None,
            base=one.h if one else None,
        )
        saving_it = self.watch(self.desk.worker.write(job), "正在保存")
        saving_it.done.connect(self._saved)

    def refuse(self, error: Exception) -> None:
        super().refuse(error)
        if isinstance(error, Problem) and not isinstance(error, CheckFailed):
            self.parts.form.setFocus()

    def _saved(self, saved: Saved) -> None:
        notes = "".join(f"提醒：{one.sentence}" for one in saved.findings if not one.accepted)
        words = f"已保存。下次给各单位回执时一起发下去。{notes}"
        self.saved.emit(saved.id, words if saved.changes.types else "没有改动。")


class HistoryPanel(Panel):
    """Who changed what of a campaign when."""

    heading = "谁改了什么"

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk)
        self.what = label(role="strong")
        self.column.addWidget(self.what)
        self.card = HistoryCard(desk, Campaign)
        self.show_whole(self.card)
        self.given_up = Action(ESCAPE("返回"), lambda: None, self)
        self.add_bar([self.given_up], None)

    def activate(self) -> None:
        self.card.view.setFocus()

    def show_campaign(self, one: Listed) -> None:
        """Read its history."""
        self.what.setText(one.campaign.short_title or one.campaign.title)
        job = partial(record_sheet.opened, self.desk.office, Campaign, one.id)
        self.desk.worker.read(job).done.connect(self._show)

    def _show(self, opened: Opened) -> None:
        self.card.show_body(opened, opened.body)


def _row(one: Listed) -> list[Cell | str]:
    campaign = one.campaign
    days = f"{campaign.starts or '？'} 至 {campaign.ends or '？'}"
    if campaign.starts is None and campaign.ends is None:
        days = "文件没有写，待定"
    return [
        Cell(campaign.short_title or campaign.title, bold=True),
        campaign.document_number,
        days,
        Cell(one.news, chip="warning")
        if one.news
        else Cell(one.standing, chip=_TONES[one.standing]),
    ]
