"""The Qt application: its look, its language, its input method."""

from __future__ import annotations

import sys
from collections.abc import MutableMapping, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, Qt, QTranslator
from PySide6.QtWidgets import QApplication, QMessageBox

from app import __version__
from app.domain.kernel.errors import EnvironmentProblem
from app.ui.fields.composition import put_shortcuts_first
from app.ui.theme import RESOURCES, dress

_SELECTED = (
    Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
)
"""So that what is to be typed elsewhere can be copied."""
_FCITX_PLUGINS = "platforminputcontexts/libfcitx*"


def choose_input_method(environment: MutableMapping[str, str], plugins: Path) -> None:
    """Let fcitx be heard on Linux, which Qt comes without a plugin for.

    `plugins` is Qt's plugin folder. An installed program has one for fcitx there;
    where it has none, or fcitx does not answer to it, ibus is spoken: fcitx answers
    as that too. What somebody has chosen is left alone. Call it before the application
    is made.
    """
    chosen = environment.get("QT_IM_MODULES") or environment.get("QT_IM_MODULE", "")
    asked = (chosen, environment.get("XMODIFIERS", ""), environment.get("GTK_IM_MODULE", ""))
    if (chosen and "fcitx" not in chosen) or not any("fcitx" in word for word in asked):
        return
    has_plugin = any(plugins.glob(_FCITX_PLUGINS))
    environment["QT_IM_MODULES"] = "fcitx;ibus" if has_plugin else "ibus"


def qt_folder(which: QLibraryInfo.LibraryPath) -> Path:
    """Where the installed Qt keeps something."""
    return Path(QLibraryInfo.path(which))


def make_application(
    arguments: Sequence[str], environment: MutableMapping[str, str]
) -> QApplication:
    """The application, dressed."""
    if sys.platform.startswith("linux"):
        choose_input_method(environment, qt_folder(QLibraryInfo.LibraryPath.PluginsPath))
    application = QApplication(list(arguments))
    application.setApplicationName("zoufang")
    application.setDesktopFileName("zoufang")
    application.setApplicationVersion(__version__)
    application.setApplicationDisplayName("走访帮扶登记系统")
    dress(application)
    put_shortcuts_first(application)
    return application


def speak_chinese(owner: QObject) -> bool:
    """Chinese for Qt's own dialogs and menus while `owner` lives; False when Qt came without it."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    folder = qt_folder(QLibraryInfo.LibraryPath.TranslationsPath)
    words = (("qtbase_zh_CN", folder), ("qt_more_zh_CN", RESOURCES / "translations"))
    taken = [_take_words(owner, name, place) for name, place in words]
    return all(taken)


def _take_words(owner: QObject, name: str, folder: Path) -> bool:
    """A file made by pyside6-lrelease: Qt asks for words on threads of its own too."""
    translator = QTranslator(owner)
    return translator.load(name, str(folder)) and QCoreApplication.installTranslator(translator)


def ask_for_own_data(account: str) -> bool:
    """Tell how an account comes to the data shared on this computer; whether it wants its own."""
    box = QMessageBox(
        QMessageBox.Icon.Question,
        "走访帮扶登记系统",
        f"这台电脑上的账户共用一份登记数据，账户“{account}”还没有加入。",
    )
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setTextInteractionFlags(_SELECTED)
    box.setInformativeText(
        f"要用共用的数据，请管理员在终端里执行一次：\n\nsudo adduser {account} zoufang\n\n"
        "注销后重新登录，再打开本程序。\n这个账户另用一份数据，与共用的无关，请按“单独用一份”。"
    )
    leave = box.addButton("关闭", QMessageBox.ButtonRole.RejectRole)
    own = box.addButton("单独用一份", QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(leave)
    box.exec()
    return box.clickedButton() is own


def say_and_end(problem: EnvironmentProblem) -> int:
    """Say why there will be no window; the exit status of that."""
    box = QMessageBox(QMessageBox.Icon.Warning, "走访帮扶登记系统", problem.what)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(f"{problem.why}{problem.remedy}")
    box.addButton("关闭", QMessageBox.ButtonRole.AcceptRole)
    box.exec()
    return 3
