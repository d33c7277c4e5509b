"""报送文件: those that are gone or damaged here, what strangers brought, what two offices claim."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from app.domain.kernel.changes import Changes
from app.services.backup import lost_packages
from app.services.backup.backup import SUFFIX
from app.services.backup.lost_packages import Mended
from app.services.deciding import owners
from app.services.deciding.owners import Claim
from app.services.office.office import Office
from app.services.packages.kept_files import CAUSES, Broken, examine_kept
from app.services.receiving import held_packages, waiting_files
from app.ui.keys import ESCAPE, SAVE, UP_DOWN, Action, key, tell
from app.ui.page_context import PageContext
from app.ui.pages.settings.form import text_field
from app.ui.pages.settings.panel import Panel
from app.ui.parts.table import Cell, Column, Table
from app.ui.theme import LIGHT

FROM_FOLDER = key("Alt+1", "从优盘或文件夹找回")
FROM_BACKUP = key("Alt+2", "从备份找回")

_COLUMNS = (Column("文件"), Column("情况", 220), Column("", 110))
_STOP = "停止后已经找回的不受影响。"


@dataclass(frozen=True, slots=True)
class Line:
    """One file of the list: what it is, how it stands, and what a person may decide."""

    package: int
    title: str
    words: str
    chip: tuple[str, str]
    deed: str
    decide: Callable[[Office, int, str], Changes]


def lines(office: Office) -> list[Line]:
    """What is gone or damaged, then what is held of computers that nobody knows."""
    held = held_packages.held(office)
    names = {row.n for row in held}
    broken = [_broken(one) for one in examine_kept(office) if one.package not in names]
    return [
        *broken,
        *(
            Line(
                row.n,
                row.note or row.writer or "",
                f"{row.writer}还没有登记，{row.arrived[:10]}留存",
                ("留存", "warning"),
                "放弃留存",
                waiting_files.give_up_held,
            )
            for row in held
        ),
        *(_contested(one) for one in (owners.contested(office) if office.is_city else ())),
    ]


def _contested(one: Claim) -> Line:
    """One office's claim on a record that two began under one id."""

    def decide(office: Office, package: int, reason: str) -> Changes:
        return owners.decide(office, one.record, one.station, reason).changes

    title = f"{one.label}{one.number}：{one.station_name} {one.at[:10]}填写"
    chip = ("待认定", "warning")
    return Line(0, title, "别的单位也用了同一个内部号", chip, "认定归这个单位", decide)


def _broken(one: Broken) -> Line:
    sent = one.direction == "out"
    note = "" if one.needed else "，不用再交" if sent else "，内容已经汇总"
    return Line(
        one.package,
        one.title,
        f"文件{CAUSES[one.cause]}{note}",
        ("要找回", "error") if one.needed else ("不要紧", "ok"),
        "声明遗失" if sent else "不再保留",
        lost_packages.declare_lost if sent else lost_packages.let_go,
    )


class KeptPanel(Panel):
    """The list, from where to bring back, and what is decided with a reason; `mended`."""

    heading = "报送文件"

    mended = Signal()

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk)
        self._lines: Sequence[Line] = ()
        self._outcome: tuple[str, str] | None = None
        self.explain(
            "找回：从曾经拷过的优盘、文件夹或备份里找原样的文件，逐个核对封签。"
            "确实没有了，由负责人写明理由声明遗失：这个次数作废并告诉对方，"
            "内容随下一次报送或回执再交。"
        )
        self.table = Table("报送文件", _COLUMNS)
        self.table.setMinimumHeight(6 * LIGHT.row)
        tell(self.table, UP_DOWN("选一份"))
        self.reason = text_field("为什么，谁同意的")
        self.form.add("理由", self.reason, needed=True)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.form)
        self.given_up = Action(ESCAPE, lambda: None, self)
        self.from_folder = Action(FROM_FOLDER, self._from_folder, self)
        self.from_backup = Action(FROM_BACKUP, self._from_backup, self)
        self.save = Action(SAVE("声明遗失"), self._decide, self)
        self.add_bar([self.given_up, self.from_folder, self.from_backup], self.save)
        self.table.chosen_row.connect(self._enable)
        self._enable()

    def activate(self) -> None:
        self.table.setFocus()

    def load(self) -> None:
        """Judge every file again."""
        job = partial(lines, self.desk.office)
        judging = self.watch(self.desk.worker.read(job, long=True), "正在核对报送文件")
        judging.done.connect(self._show)

    def _show(self, found: Sequence[Line]) -> None:
        self._lines = found
        self.table.set_rows(
            [[o.title, o.words, Cell(o.chip[0], "", "", LIGHT.text2, o.chip[1])] for o in found]
        )
        self._enable()
        if self._outcome is not None:
            self.say(*self._outcome)
            self._outcome = None
            self.mended.emit()
        elif not found:
            self.say("ok", "发出和收到的报送文件都完好，也没有留存的。")

    @property
    def chosen(self) -> Line | None:
        """The file whose row is chosen."""
        row = self.table.row
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def _enable(self) -> None:
        one = self.chosen
        self.save.setText(one.deed if one else "声明遗失")
        self.save.setEnabled(one is not None)

    def _from_folder(self) -> None:
        place = QFileDialog.getExistingDirectory(self, "从优盘或文件夹找回报送文件")
        if place:
            self.bring_back(Path(place))

    def _from_backup(self) -> None:
        place, _ = QFileDialog.getOpenFileName(self, "从备份找回报送文件", "", f"备份 (*{SUFFIX})")
        if place:
            self.bring_back(Path(place))

    def bring_back(self, place: Path) -> None:
        """Look in a folder or a backup for what is gone."""
        job = partial(lost_packages.bring_back, self.desk.office, [place])
        looking = self.watch(self.desk.worker.write(job, long=True), "正在找回报送文件", _STOP)
        looking.done.connect(self._mended)

    def _mended(self, found: Mended) -> None:
        back, left = len(found.back), len(found.left)
        words = f"找回了{back}份。" if back else "这里没有要找的文件。"
        words += f"还有{left}份没有找到。" if back and left else ""
        self._outcome = ("ok" if back and not left else "warning", words)
        self.load()

    def _decide(self) -> None:
        one = self.chosen
        if one is None or self.missing((self.reason, "请写明理由。")):
            return
        job = partial(one.decide, self.desk.office, one.package, self.reason.text())
        deciding = self.watch(self.desk.worker.write(job), f"正在登记{one.deed}")
        deciding.done.connect(lambda _: self._decided(one))

    def _decided(self, one: Line) -> None:
        self.reason.clear()
        more = "内容会随下一次报送或回执再交，请重新送审。" if one.deed == "声明遗失" else ""
        self._outcome = ("ok", f"已登记{one.deed}：{one.title}。{more}")
        self.load()
