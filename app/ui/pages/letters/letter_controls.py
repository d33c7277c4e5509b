"""The left side of 起草报告: which report, of which campaign, and what it tells of."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.services.figures.statistics import Choice as CampaignChoice
from app.services.letters.letter_choices import Choice
from app.services.letters.letter_order import TITLES
from app.ui.keys import SPACE, UP_DOWN, tell
from app.ui.parts.combo import Combo
from app.ui.parts.label import label, tip
from app.ui.theme import LIGHT

_ID = Qt.ItemDataRole.UserRole


class LetterControls(QWidget):
    """`changed` when another report is wanted, `ticked` when it is to tell of other records."""

    changed = Signal()
    ticked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._quiet = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(*[LIGHT.margin] * 4)
        self._column.setSpacing(6)
        self.kinds = QButtonGroup(self)
        for place, words in enumerate(TITLES.values()):
            button = QRadioButton(words)
            self.kinds.addButton(button, place)
            self._column.addWidget(button)
        self._column.addWidget(label("活动", "label"))
        self.campaigns = Combo()
        self.campaigns.setAccessibleName("活动")
        self.campaigns.setMinimumContentsLength(8)
        self._column.addWidget(self.campaigns)
        self.printer = label("打印机", "label")
        self.printers = Combo()
        self.printers.setAccessibleName("打印机")
        self.printers.setMinimumContentsLength(8)
        for part in (self.printer, self.printers):
            self._column.addWidget(part)
            part.hide()
        self._column.addWidget(label("写进报告的事例", "label"))
        self.list = QListWidget()
        self.list.setAccessibleName("写进报告的事例")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        tell(self.list, UP_DOWN("选事例"), SPACE("写进去或不写"))
        self._column.addWidget(self.list, 1)
        self.kinds.idToggled.connect(self._turned)
        self.campaigns.currentIndexChanged.connect(lambda _: self._say())
        self.list.itemChanged.connect(lambda _: self._tick())

    @property
    def kind(self) -> str:
        """Summary or research."""
        return tuple(TITLES)[max(self.kinds.checkedId(), 0)]

    @property
    def campaign(self) -> str:
        """The code of the campaign chosen, "" before there is any."""
        return self.campaigns.currentData() or ""

    @property
    def chosen(self) -> tuple[str, ...]:
        """The records ticked."""
        items = [self.list.item(n) for n in range(self.list.count())]
        return tuple(
            one.data(_ID)
            for one in items
            if one.data(_ID) and one.checkState() == Qt.CheckState.Checked
        )

    def offer(self, kind: str, campaigns: Sequence[CampaignChoice], campaign: str) -> None:
        """The report that is begun; `campaign` is the one chosen first."""
        self._quiet = True
        self.kinds.button(tuple(TITLES).index(kind)).setChecked(True)
        self.campaigns.clear()
        for one in campaigns:
            self.campaigns.addItem(one.title, one.code)
        self.campaigns.setCurrentIndex(max(self.campaigns.findData(campaign), 0))
        self._quiet = False

    def show_choices(self, found: Sequence[Choice], told: Sequence[str]) -> None:
        """What may be told of, sort by sort; those `told` are ticked."""
        self._quiet = True
        self.list.clear()
        sort = ""
        for one in found:
            if one.sort != sort:
                sort = one.sort
                self._add_heading(sort)
            item = QListWidgetItem(f"{one.number}　{_short(one.words)}", self.list)
            item.setData(_ID, one.id)
            item.setToolTip(tip(one.words))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if one.id in told else Qt.CheckState.Unchecked)
        if not found:
            self._add_heading("这次活动还没有诉求、帮扶和日志")
        self._quiet = False

    def offer_printers(self, names: Sequence[str], usual: str) -> None:
        """The printers there are, the one used last first; one alone is not asked for."""
        self.printers.clear()
        self.printers.addItems(names)
        self.printers.setCurrentIndex(names.index(usual) if usual in names else 0)
        for part in (self.printer, self.printers):
            part.setVisible(len(names) > 1)

    def _add_heading(self, words: str) -> None:
        item = QListWidgetItem(words, self.list)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setSizeHint(QSize(0, LIGHT.row))

    def _turned(self, _: int, on: bool) -> None:
        if on:
            self._say()

    def _say(self) -> None:
        if not self._quiet:
            self.changed.emit()

    def _tick(self) -> None:
        if not self._quiet:
            self.ticked.emit()


def _short(words: str) -> str:
    return words if len(words) <= 44 else f"{words[:43]}…"
