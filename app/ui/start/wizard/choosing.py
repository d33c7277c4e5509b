"""The first pages: whose computer it is, or instead of that a backup or the demonstration."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QWidget,
)

from app.services.office.server_place import AGREED, AT_REST
from app.services.starting.first_start import Backup
from app.ui.keys import Action
from app.ui.parts.combo import Combo
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.start.passphrase import PassphraseField
from app.ui.start.wizard.asking import BROWSE
from app.ui.start.wizard.step import Step

_ROLES = (
    ("county", "填报单位", "县级总工会、高新区、景区、系统和市属企业工会：登记、打印、报送。"),
    ("township", "乡镇（街道）", "乡镇（街道）工会：登记后交县级总工会。"),
    ("city", "汇总单位", "市总工会：接收、审核、汇总。全市只有一家。"),
    ("backup", "用备份恢复", "原来的电脑坏了或丢了，用优盘上的备份接着做。"),
    ("server", "加入服务器", "本单位的数据已经在服务器上，这台电脑一起用。"),
    ("demo", "先看演示", "用虚构的数据看一看、试一试，不影响以后建立自己的数据。"),
)

_SHOWN = (
    ("county", "沙湾区总工会（填报单位）", "登记走访、困难职工、帮扶，打印登记表，报送。"),
    ("city", "乐山市总工会（汇总单位）", "接收报送文件，审核，看谁还没有报。"),
    ("township", "荍坝镇工会（乡镇）", "登记以后交县级总工会。"),
)


class ChoiceStep(Step):
    """One of a few, each with a line about it."""

    choices: tuple[tuple[str, str, str], ...] = ()

    def __init__(self) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QRadioButton] = {}
        self.column.setSpacing(2)
        self.column.addSpacing(8)
        for role, words, note in self.choices:
            button = self._buttons[role] = QRadioButton(words)
            self._group.addButton(button)
            said = label(note, "note")
            said.setContentsMargins(24, 0, 0, 6)
            self.column.addWidget(button)
            self.column.addWidget(said)
        self._buttons["county"].setChecked(True)
        self._group.buttonToggled.connect(self.changed)

    @property
    def first(self) -> QWidget:
        return self._buttons[self.role]

    @property
    def role(self) -> str:
        """The name of the one chosen."""
        return next(role for role, button in self._buttons.items() if button.isChecked())

    def choose(self, role: str) -> None:
        """Choose one by name."""
        self._buttons[role].setChecked(True)


class RoleStep(ChoiceStep):
    """Whose computer this is: `county`, `township`, `city`; or `backup`, `server`, `demo`."""

    title = "这台电脑给谁用"
    why = "这份数据只属于一个单位。以后不能改。"
    choices = _ROLES


class DemoStep(ChoiceStep):
    """先看演示: as whose office; its passphrase is no secret."""

    title = "先看演示"
    why = (
        "做一套虚构的数据，十几秒钟，放在自己的数据旁边，互不相干。"
        "看完退出，再打开就可以建立自己的；建立好了，演示自动删掉。"
    )
    choices = _SHOWN


class ServerStep(Step):
    """加入服务器: where the office's data is, and the passphrase of one who can open it."""

    title = "加入服务器"
    why = AT_REST

    def __init__(self) -> None:
        super().__init__()
        self.host, self.database, self.user, self.person = (QLineEdit() for _ in range(4))
        self.password = PassphraseField("数据库密码")
        self.secret = PassphraseField("您的口令")
        fields: tuple[tuple[str, QLineEdit], ...] = (
            ("服务器", self.host),
            ("数据库", self.database),
            ("用户名", self.user),
            ("数据库密码", self.password),
            ("您的姓名", self.person),
            ("您的口令", self.secret),
        )
        for words, field in fields:
            self.add_field(words, field)
        self.agreed: QCheckBox = QCheckBox(AGREED)
        self.add_note(self.agreed)
        self.needed = [
            (field, f"请填写{words}。") for words, field in fields if field is not self.password
        ]

    @property
    def first(self) -> QWidget:
        return self.host


class BackupStep(Step):
    """用备份恢复: which file, and the passphrase of one who can open it."""

    title = "用备份恢复"
    why = "选备份文件（.zfbackup）。恢复以后要换钥匙、重新办理报送单位登记，才能再报送。"
    how = "按“下一步”查看"

    def __init__(self) -> None:
        super().__init__()
        self.seen: Backup | None = None
        self.file = QLineEdit()
        self.file.setPlaceholderText("优盘上的备份文件")
        browse = Action(BROWSE("选择文件"), self._browse, self, icon="folder-open")
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.file, 1)
        row.addWidget(KeyButton(browse))
        both = QWidget()
        both.setLayout(row)
        self.whose = label()
        self.person = Combo()
        self.secret = PassphraseField("他的口令，或恢复码")
        self.add_field("备份文件", both)
        self.file.setAccessibleName("备份文件")
        self.add_field("这份备份", self.whose)
        self.add_field("经办人", self.person)
        self.add_field("口令", self.secret)
        self.add_note(label("忘了口令时，在“口令”一栏输入恢复码。", "note"))
        self.needed = [(self.file, "请选择备份文件。")]
        self.file.textChanged.connect(self._forget)
        self._forget()

    @property
    def first(self) -> QWidget:
        return self.secret if self.seen else self.file

    @property
    def operator(self) -> str:
        """The id of the operator chosen."""
        return str(self.person.currentData())

    def show_backup(self, seen: Backup) -> None:
        """Say whose it is, and ask for a passphrase that opens it."""
        self.seen = seen
        what = seen.manifest
        visits = what.counts.get("state_visit", 0)
        when = what.at[:16].replace("T", " ")
        self.whose.setText(f"{what.station}　{when}　走访登记{visits:,}条")
        self.offer(seen.people)
        self.secret.setFocus()

    def offer(self, people: Iterable[tuple[str, str]]) -> None:
        """Let one of these (id, name) give a passphrase."""
        self.person.clear()
        for operator, name in people:
            self.person.addItem(name, operator)
        self._ask(True)

    def _forget(self) -> None:
        self.seen = None
        self.whose.setText(self.how)
        self.person.clear()
        self.secret.clear()
        self._ask(False)

    def _ask(self, asked: bool) -> None:
        for part in (self.person, self.secret):
            part.setEnabled(asked)

    def _browse(self) -> None:
        dialog = QFileDialog(self, "备份文件", self.file.text())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter("备份文件 (*.zfbackup)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.file.setText)
        dialog.open()
