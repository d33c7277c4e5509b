"""搬到服务器: the data goes to a database that several computers work with at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit

from app.services.office.server_place import AGREED, AT_REST
from app.services.starting import server_start
from app.ui.keys import ESCAPE, SAVE_NEXT, Action
from app.ui.page_context import PageContext
from app.ui.pages.settings.form import passphrase_field
from app.ui.pages.settings.panel import Panel


class ServerPanel(Panel):
    """Where to, and that it is known how records are kept there; the program asks again who."""

    heading = "搬到服务器"

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk)
        self.explain(
            "几台电脑要同时用一份数据时，搬到单位的 PostgreSQL 服务器。搬完逐条核对，"
            "这台电脑上原来的数据另外放着。" + AT_REST
        )
        self.host, self.database, self.user = QLineEdit(), QLineEdit(), QLineEdit()
        self.host.setPlaceholderText("服务器的名称或地址，如 10.1.2.3")
        self.password = passphrase_field("数据库密码")
        self.own = passphrase_field("您的口令")
        self.sure = QCheckBox(AGREED)
        for words, field in (
            ("服务器", self.host),
            ("数据库", self.database),
            ("用户名", self.user),
        ):
            self.form.add(words, field, needed=True, width=300)
        self.form.add("数据库密码", self.password, width=300)
        self.form.add("", self.sure)
        self.form.add("您的口令", self.own, needed=True, width=300)
        self.column.addWidget(self.form)
        self.column.addStretch(1)
        self.given_up = Action(ESCAPE, lambda: None, self)
        self.save = Action(SAVE_NEXT("搬到服务器"), self._move, self)
        self.add_bar([self.given_up], self.save)
        self.watch_caps_lock()

    def activate(self) -> None:
        self.host.setFocus()

    def _move(self) -> None:
        if self.missing(
            (self.host, "请填写服务器的名称或地址。"),
            (self.database, "请填写数据库的名称。"),
            (self.user, "请填写数据库的用户名。"),
        ):
            return
        if not self.sure.isChecked():
            self.say("error", "请先看清记录在服务器上怎样保存，勾选后再做。")
            self.sure.setFocus()
            return
        if self.missing((self.own, "请输入口令。")):
            return
        there = server_start.There(
            self.host.text(), self.database.text(), self.user.text(), self.password.text()
        )
        job = partial(server_start.allowed, self.desk.office, there, self.own.text())
        checking = self.watch(self.desk.worker.read(job), "正在连接服务器")
        checking.done.connect(partial(self._go, there, self.own.text()))

    def _go(self, there: server_start.There, own: str, _allowed: object) -> None:
        self.forget_passphrases()
        office = self.desk.office
        job: Callable[..., Any] = partial(
            server_start.move, office.folder.root, own, there, office.operator, clock=office.clock
        )
        self.desk.reopen("已搬到服务器，逐条核对一致。请用口令打开。", job)
