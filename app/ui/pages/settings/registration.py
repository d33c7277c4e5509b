"""报送单位登记 at an office below the city: this computer's 核对码, the request, new keys."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal

from app.services.packages import writer_replacement
from app.services.registering import registration
from app.services.registering.registration import Computer, Loaded, Standing
from app.services.registering.registration_paper import print_registration
from app.services.starting import first_start
from app.services.starting.first_start import Papers
from app.ui.keys import ESCAPE, PRINT, SAVE_NEXT, Action, key
from app.ui.page_context import PageContext
from app.ui.pages.settings.form import PlaceField, text_field
from app.ui.pages.settings.panel import Panel, big_text, fit_height
from app.ui.pages.settings.paper import Sheet
from app.ui.pages.settings.subject import Subject
from app.ui.parts.label import label
from app.ui.parts.table import Cell, Column, Table

LOAD = key("Alt+1", "装入市总的文件")
NEW_KEY = key("Alt+2", "换钥匙")

_MOST_ROWS = 5
COMPUTERS = (Column("电脑", 210), Column("核对码", 190), Column("代替", 0), Column("", 96))


def chip_of(seen: Standing) -> tuple[str, str]:
    """Words and kind for how this computer stands."""
    if seen.copied:
        return "要换钥匙", "error"
    if not seen.enabled:
        return "还没有装入启用包", "warning"
    if seen.enrolled:
        return ("已登记", "ok") if seen.in_use else ("已停用", "error")
    return "还没有登记", "warning"


def computer_row(one: Computer, writer: str) -> list[Cell | str]:
    """A line of the list of computers; `writer` is this one."""
    note = "这台" if one.writer == writer else ""
    state = Cell("在用", chip="ok") if one.in_use else Cell("已停用", chip="neutral")
    return [Cell(one.writer, note), one.check_code, one.supersedes, state]


class RegistrationSubject(Subject):
    """How one stands; what came from the city; a new key."""

    action = "register"

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk, "报送单位登记", "办好登记才能报送")
        self.standing = StandingPanel(desk)
        self.loading = LoadPanel(desk)
        self.renewing = NewKeyPanel(desk)
        for panel in (self.standing, self.loading, self.renewing):
            self.add_panel(panel)
        self.standing.load_files.triggered.connect(lambda: self.show_panel(self.loading))
        self.standing.new_key.triggered.connect(lambda: self.show_panel(self.renewing))
        for panel in (self.loading, self.renewing):
            panel.given_up.triggered.connect(lambda: self.show_panel(self.standing))
        self.loading.finished.connect(self._back)
        self.print_from(self.standing, self.standing.print, self.standing.sheet)

    def load(self) -> None:
        self.standing.load()

    def _back(self, words: str) -> None:
        self.show_panel(self.standing)
        self.standing.load()
        self.standing.say("ok", words)


class StandingPanel(Panel):
    """核对码 in big letters, and the request with its 报送单位登记表."""

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk)
        self.code = big_text("这台电脑的核对码")
        self.about = label()
        self.city = label()
        self.what = self.explain("")
        self.column.addWidget(self.code)
        self.form.add_text("这台电脑", self.about)
        self.form.add_text("市总的核对码", self.city)
        self.place = PlaceField("放登记申请的文件夹", "优盘上的文件夹")
        self.form.add("申请放到", self.place)
        self.column.addWidget(self.form)
        self.table = Table("本单位登记过的电脑", COMPUTERS)
        self.column.addWidget(self.table)
        self.explain(
            "本单位再装一台电脑：在那台电脑上初次使用时选“本单位的第2台”，再照样办一次登记。"
        )
        self.column.addStretch(1)
        self.load_files = Action(LOAD, lambda: None, self)
        self.new_key = Action(NEW_KEY, lambda: None, self)
        self.print = Action(PRINT("登记表"), lambda: None, self, icon="printer")
        self.make = Action(SAVE_NEXT("生成登记申请"), self._make, self)
        self.add_bar([self.print, self.load_files, self.new_key], self.make)

    def activate(self) -> None:
        self.place.setFocus()

    def load(self) -> None:
        """Look again."""
        job = partial(registration.standing, self.desk.office)
        self.await_first(self.desk.worker.read(job)).done.connect(self.show_standing)

    def show_standing(self, seen: Standing) -> None:
        """Show how this computer stands and what is to be done."""
        words, _ = chip_of(seen)
        self.code.setText(seen.check_code)
        self.about.setText(f"{seen.unit}　第{seen.pc}台　{seen.writer}　{words}")
        self.city.setText(seen.city_check_code or "还没有装入启用包")
        self.what.setText(_what_next(seen))
        self.table.set_rows([computer_row(one, seen.writer) for one in seen.computers])
        self.table.setVisible(bool(seen.computers))
        fit_height(self.table, len(seen.computers), _MOST_ROWS)
        self.make.setEnabled(seen.enabled and not seen.copied)
        self.print.setEnabled(seen.enabled)

    def sheet(self) -> Sheet:
        """The 报送单位登记表 of this computer."""
        name = f"报送单位登记表-{self.desk.office.identity.writer}"
        return Sheet(name, partial(print_registration, self.desk.office))

    def _make(self) -> None:
        if self.missing((self.place.line, "请选择放登记申请的文件夹。")):
            return
        assert self.place.path is not None
        job = partial(first_start.make_papers, self.desk.office, self.place.path)
        self.watch(self.desk.worker.write(job), "正在生成登记申请").done.connect(self._made)

    def _made(self, papers: Papers) -> None:
        names = f"{papers.request.name}、{papers.registration.name}"
        self.say(
            "ok", f"已生成：{names}。登记表打印盖章，连同申请文件交市总工会，并用电话报核对码。"
        )


def _what_next(seen: Standing) -> str:
    if seen.copied:
        return "这份数据是复制来的或从备份恢复的。请按 Alt+2 换钥匙，再办一次登记，才能报送。"
    if not seen.enabled:
        return "还没有装入市总工会的启用包。收到后按 Alt+1 装入；这以前可以照常登记走访。"
    if seen.enrolled:
        return "市总工会已登记这台电脑。打电话核对时，请报下面的核对码。"
    return "生成登记申请后，连同盖章的登记表交市总工会，并用电话报下面的核对码。"


class LoadPanel(Panel):
    """启用包, a newer trust document, or one's own records given back; `finished(words)`."""

    heading = "装入市总的文件"

    finished = Signal(str)

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk)
        self.explain(
            "启用包、登记文件、交还的记录都在这里装入。启用码和核对码只在第一次装入启用包时要填。"
        )
        self.place = PlaceField("市总工会的文件所在的文件夹", "优盘上的文件夹")
        self.enable_code = text_field("如 1A2B-3C4D-5E6F-7A8B-9C0D")
        self.check_code = text_field("照启用函，或打电话问市总工会")
        self.form.add("文件夹", self.place, needed=True)
        self.form.add("启用码", self.enable_code, width=300)
        self.form.add("核对码", self.check_code, width=300)
        self.column.addWidget(self.form)
        self.column.addStretch(1)
        self.given_up = Action(ESCAPE, lambda: None, self)
        self.save = Action(SAVE_NEXT("装入"), self._load, self)
        self.add_bar([self.given_up], self.save)

    def _load(self) -> None:
        if self.missing((self.place.line, "请选择文件夹。")):
            return
        assert self.place.path is not None
        job = partial(
            registration.load,
            self.desk.office,
            self.place.path,
            enable_code=self.enable_code.text().strip(),
            check=self.check_code.text().strip(),
        )
        self.watch(self.desk.worker.write(job, long=True), "正在装入").done.connect(self._loaded)

    def _loaded(self, loaded: Loaded) -> None:
        refused = loaded.refused
        if refused:
            first = refused[0]
            self.say("error", f"{first.file}不能接收：{first.sentence}{first.remedy}")
        else:
            self.finished.emit(f"已装入{len(loaded.accounts)}个文件。")


class NewKeyPanel(Panel):
    """Becoming a new writer: after a restore, on another computer, or when a key may be known."""

    heading = "换钥匙"

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk)
        self.explain(
            "在这些时候要换钥匙：恢复了备份；数据搬到了另一台电脑；怀疑钥匙被别人拿到。\n"
            "换了以后，这台电脑有新的名称和核对码，要重新办理登记；没有报送的内容不会丢，"
            "登记办好后照样报送。填过的记录不变。"
        )
        self.column.addWidget(self.form)
        self.column.addStretch(1)
        self.given_up = Action(ESCAPE, lambda: None, self)
        self.save = Action(SAVE_NEXT("换钥匙"), self._renew, self)
        self.add_bar([self.given_up], self.save)

    def activate(self) -> None:
        self.setFocus()

    def _renew(self) -> None:
        job = partial(writer_replacement.become_new_writer, self.desk.office)
        self.watch(self.desk.worker.write(job), "正在换钥匙").done.connect(self._renewed)

    def _renewed(self, fresh: object) -> None:
        self.desk.reopen("钥匙已换。请重新打开，再到设置里办理报送单位登记。", None)
