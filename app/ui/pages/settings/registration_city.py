"""报送单位登记 at the city: who is registered, 启用包 for new offices, approving, closing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from app.services.registering import registration
from app.services.registering.registration import Asking, Computer, Standing
from app.ui.keys import NEW, SAVE_NEXT, UP_DOWN, Action, key, tell
from app.ui.page_context import PageContext
from app.ui.pages.settings.city_keys import ClosePanel, GiveBackPanel, RootPanel
from app.ui.pages.settings.city_offices import ApprovePanel, CityPanel, InvitePanel
from app.ui.pages.settings.panel import Panel, big_text
from app.ui.pages.settings.subject import Subject
from app.ui.parts.label import label
from app.ui.parts.table import Cell, Column, Table
from app.ui.theme import LIGHT

APPROVE = "登记一台电脑"
CHANGE_ROOT = key("Alt+1", "换根钥匙")
GIVE_BACK = key("Alt+2", "交还记录")
CLOSE = key("Alt+3", "停用")

_COLUMNS = (Column("单位"), Column("电脑", 180), Column("核对码", 190), Column("", 88))


class CityRegistrationSubject(Subject):
    """The list, and a panel for each thing the city does with it."""

    action = "register"

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk, "报送单位登记", "谁可以报送，由市总工会决定")
        self.listed = ListedPanel(desk)
        self.inviting = InvitePanel(desk)
        self.approving = ApprovePanel(desk)
        self.closing = ClosePanel(desk)
        self.root = RootPanel(desk)
        self.giving = GiveBackPanel(desk)
        self.add_panel(self.listed)
        ways = (
            (self.listed.invite, self.inviting),
            (self.listed.approve, self.approving),
            (self.listed.close_one, self.closing),
            (self.listed.change_root, self.root),
            (self.listed.give_back, self.giving),
        )
        for action, panel in ways:
            self.add_panel(panel)
            action.triggered.connect(partial(self._go, panel))
            panel.given_up.triggered.connect(lambda: self.show_panel(self.listed))
            panel.finished.connect(self._back)
        self.print_from(self.inviting, self.inviting.print, self.inviting.sheet)

    def load(self) -> None:
        self.listed.load()

    def _go(self, panel: CityPanel) -> None:
        panel.begin(self.listed.known, self.listed.chosen, self.listed.waiting)
        self.show_panel(panel)

    def _back(self, words: str) -> None:
        self.show_panel(self.listed)
        self.listed.load()
        self.listed.say("ok", words)


class ListedPanel(Panel):
    """The city's 核对码, and every computer that may send."""

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk)
        self.known: Standing | None = None
        self.waiting: Sequence[Asking] = ()
        self.code = big_text("市总工会的核对码")
        self.what = label(role="note")
        self.table = Table("登记过的电脑", _COLUMNS)
        self.table.setMinimumHeight(5 * LIGHT.row)
        tell(self.table, UP_DOWN("选电脑"))
        self.column.addWidget(self.code)
        self.column.addWidget(self.what)
        self.column.addWidget(self.table, 1)
        self.invite = Action(NEW("制作启用包"), lambda: None, self)
        self.close_one = Action(CLOSE, lambda: None, self)
        self.change_root = Action(CHANGE_ROOT, lambda: None, self)
        self.give_back = Action(GIVE_BACK, lambda: None, self)
        self.approve = Action(SAVE_NEXT(APPROVE), lambda: None, self)
        self.add_bar([self.invite, self.close_one, self.change_root, self.give_back], self.approve)
        self.table.chosen_row.connect(self._enable)

    @property
    def chosen(self) -> Computer | None:
        """The computer whose row is chosen."""
        row = self.table.row
        shown = self.known.computers if self.known else ()
        return shown[row] if 0 <= row < len(shown) else None

    def activate(self) -> None:
        self.table.setFocus()

    def load(self) -> None:
        """Look again, also for requests that came by 收件."""
        worker, office = self.desk.worker, self.desk.office
        reading = self.await_first(worker.read(partial(registration.standing, office)))
        reading.done.connect(self._show)
        worker.read(partial(registration.waiting, office)).done.connect(self._show_waiting)

    def _show(self, seen: Standing) -> None:
        self.known = seen
        self.code.setText(seen.check_code)
        self.table.set_rows([_row(one, seen.writer) for one in seen.computers])
        self._say()
        self._enable()

    def _show_waiting(self, found: Sequence[Asking]) -> None:
        self.waiting = found
        self._say()

    def _say(self) -> None:
        version = self.known.version if self.known else 0
        asked = f"　收到{len(self.waiting)}份登记申请，等待核对。" if self.waiting else ""
        self.what.setText(f"市总工会的核对码，写在每封启用函上。登记文件第{version}版。{asked}")

    def _enable(self) -> None:
        one = self.chosen
        other = one is not None and self.known is not None and one.writer != self.known.writer
        self.close_one.setEnabled(other and one is not None and one.in_use)
        self.give_back.setEnabled(other)


def _row(one: Computer, writer: str) -> list[Cell | str]:
    state = Cell("在用", chip="ok") if one.in_use else Cell("已停用", chip="neutral")
    note = "这台" if one.writer == writer else ""
    return [Cell(one.station_name, note), one.writer, one.check_code, state]
