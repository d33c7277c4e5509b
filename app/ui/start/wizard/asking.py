"""The pages that ask: the role, the 启用包, the unit, its 核对码, the first operator."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from app.domain.records import Unit
from app.services.office.server_place import AGREED, AT_REST
from app.ui.keys import Action, Key
from app.ui.parts.combo import Combo
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.start.passphrase import PassphraseField
from app.ui.start.wizard.step import Steering, Step
from app.ui.theme import LIGHT

BROWSE = Key("Ctrl+O", "选择文件夹", ("Ctrl+O",))
COMPUTERS = 9
_CODE = Qt.ItemDataRole.UserRole


class EnableStep(Step):
    """Where the 启用包 lies; it may also come later."""

    title = "启用包"
    why = (
        "市总工会交来的启用包（优盘里的 .zfpkg 文件）。启用码在启用函上，与文件分开送达。"
        "还没有收到时两栏都空着，按“下一步”，以后再装入。"
    )

    def __init__(self) -> None:
        super().__init__()
        self.place = QLineEdit()
        self.place.setPlaceholderText("启用包所在的文件夹，或其中的文件")
        self.code = QLineEdit()
        self.code.setPlaceholderText("如 1A2B-3C4D-5E6F-7A8B-9C0D")
        browse = Action(BROWSE, self._browse, self, icon="folder-open")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.place, 1)
        row.addWidget(KeyButton(browse))
        both = QWidget()
        row.setContentsMargins(0, 0, 0, 0)
        both.setLayout(row)
        self.add_field("文件夹", both)
        self.place.setAccessibleName("启用包所在的文件夹")
        self.add_field("启用码", self.code)

    @property
    def first(self) -> QWidget:
        return self.place

    @property
    def sources(self) -> Sequence[Path]:
        """The folder or file given, or nothing."""
        typed = self.place.text().strip()
        return [Path(typed)] if typed else []

    def _browse(self) -> None:
        dialog = QFileDialog(self, "启用包所在的文件夹", self.place.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.place.setText)
        dialog.open()


class UnitStep(Step):
    """Which unit, found by typing part of its name or code, and which of its computers."""

    title = "本单位"
    why = "输入单位名称或代码的一部分，用 ↑ ↓ 选择。"

    def __init__(self, units_for: Callable[[str], Sequence[Unit]]) -> None:
        super().__init__()
        self._units_for = units_for
        self._units: Sequence[Unit] = ()
        self.search = QLineEdit()
        self.list = QListWidget()
        self.list.setFixedHeight(4 * LIGHT.row + 2)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.computer = Combo()
        self.computer.addItems([f"第{number}台" for number in range(1, COMPUTERS + 1)])
        self.computer.setFixedWidth(120)
        self.add_field("单位", self.search)
        self.add_note(self.list)
        self.list.setAccessibleName("单位")
        self.add_field("本单位的", self.computer)
        self.add_note(label("一个单位有几台电脑时，每台的编号用不同的号段。", "note"))
        self.search.textChanged.connect(self._filter)
        Steering(self.search, self.list)

    @property
    def first(self) -> QWidget:
        return self.search

    @property
    def station(self) -> str:
        """The code of the chosen unit; what was typed where no unit is like it."""
        item = self.list.currentItem()
        return str(item.data(_CODE)) if item else self.search.text().strip()

    @property
    def number(self) -> int:
        """Which of the unit's computers this is, from 1."""
        return self.computer.currentIndex() + 1

    def show_role(self, role: str, station: str) -> None:
        """Offer the units of a role, with the one of the 启用包 chosen."""
        self._units = self._units_for(role)
        self.search.clear()
        self._filter("")
        codes = [unit.code for unit in self._units]
        if station in codes:
            self.list.setCurrentRow(codes.index(station))
        elif station:
            self.search.setText(station)

    def name_of(self, station: str) -> str:
        """A unit's name, or its code where it is not known yet."""
        return next((one.name for one in self._units if one.code == station), station)

    def _filter(self, text: str) -> None:
        wanted = text.strip()
        self.list.clear()
        for unit in self._units:
            if wanted in unit.name or wanted in unit.code or wanted in unit.aliases:
                item = QListWidgetItem(f"{unit.name}　{unit.code}", self.list)
                item.setData(_CODE, unit.code)
        # Nothing is chosen for somebody who has not typed: it cannot be changed later.
        self.list.setCurrentRow(0 if wanted or len(self._units) == 1 else -1)


class CheckCodeStep(Step):
    """核对码: typed from the letter, compared by the program."""

    title = "核对码"
    why = "请照启用函输入市总工会的核对码，或打电话问。它证明启用包是市总工会做的。"

    def __init__(self) -> None:
        super().__init__()
        self.code = QLineEdit()
        self.add_field("核对码", self.code)
        self.needed = [(self.code, "请输入启用函上的核对码。")]

    @property
    def first(self) -> QWidget:
        return self.code


class OperatorStep(Step):
    """The first operator with a passphrase; at the city the root key's passphrase too."""

    title = "第一位经办人"
    why = (
        "口令至少10个字，可以是一句话，只有本人知道，本系统和市总工会都查不到。"
        "其他经办人以后在设置里添加。"
    )

    def __init__(self) -> None:
        super().__init__()
        self.name = QLineEdit()
        self.passphrase = PassphraseField()
        self.again = PassphraseField("再输一次口令")
        self.root = PassphraseField("市级根钥匙的口令")
        self.root.setPlaceholderText("登记报送单位时要输入，另定一个，由负责人保管")
        self.root_again = PassphraseField("再输一次根钥匙的口令")
        rows: tuple[tuple[str, QLineEdit, str], ...] = (
            ("姓名", self.name, "请输入姓名。"),
            ("口令", self.passphrase, "请输入口令。"),
            ("再输一次", self.again, "请把口令再输入一次。"),
            ("根钥匙口令", self.root, "请输入市级根钥匙的口令。"),
            ("再输一次", self.root_again, "请把根钥匙的口令再输入一次。"),
        )
        for words, field, asks in rows:
            spoken = field.accessibleName()
            self.add_field(words, field)
            field.setAccessibleName(spoken or words)
            self.needed.append((field, asks))
        self.agreed: QCheckBox = QCheckBox(AGREED)
        self.add_note(self.agreed)
        self.show_agreement(False)

    @property
    def first(self) -> QWidget:
        return self.name

    def show_agreement(self, wanted: bool) -> None:
        """Where the records will lie on a server, that is said and asked before."""
        self.explain(f"{self.why}{AT_REST if wanted else ''}")
        self.agreed.setVisible(wanted)

    def show_root(self, wanted: bool) -> None:
        """The root key is the city's alone."""
        for field in (self.root, self.root_again):
            field.setVisible(wanted)
            row = self.grid.getItemPosition(self.grid.indexOf(field))[0]  # type: ignore[index]
            item = self.grid.itemAtPosition(row, 0)
            name = item.widget() if item else None
            if name is not None:
                name.setVisible(wanted)
