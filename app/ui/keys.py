"""The keys, declared once, so that a key means the same on every page.

A page makes an `Action` from a key and gives it to a `KeyButton`; a widget
tells the hint bar which keys it understands with `tell`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.fields.composition import commit_focused
from app.ui.icons import icon as icon_named

_HINTS = "hints"


@dataclass(frozen=True, slots=True)
class Key:
    """What the small frame shows, what it does in words, and what is pressed.

    Without `pressed` a widget handles the key itself and it is only shown.
    """

    shown: str
    words: str
    pressed: tuple[str, ...] = ()

    def __call__(self, words: str) -> Key:
        """The same key with other words: `NEW("添加走访")`."""
        return replace(self, words=words)


def key(shown: str, words: str) -> Key:
    """A key that is pressed as it is shown."""
    return Key(shown, words, (shown,))


NEW = key("Ctrl+N", "添加")
SAVE = key("Ctrl+S", "保存")
SAVE_NEXT = Key("Ctrl+Enter", "保存并下一条", ("Ctrl+Return", "Ctrl+Enter"))
SAME = key("F3", "同上条")
ACCEPT = key("F2", "接受提醒")
RECOVERY = key("F4", "用恢复码打开")
MARK = key("F5", "空白、看不清、横线")
"""In a field of a form; everywhere else F5 is `AGAIN`."""
AGAIN = key("F5", "再来一次")
CARD = key("F6", "第三栏")
CODES = key("F7", "选代码")
VOID = key("F9", "作废")
DISCARD = key("Ctrl+Shift+D", "不要这些内容")
HISTORY = key("Ctrl+H", "历史")
ADOPT = key("Ctrl+J", "采用")
REFUSE = key("Ctrl+Shift+R", "不采用")
PROOF = key("Ctrl+K", "已核对")
TURN = key("Ctrl+T", "转到另一栏")
BRING_BACK = key("Ctrl+Shift+H", "改回这一次的内容")
REVEAL = key("F8", "看全号（留记录）")
FILTER = key("Ctrl+G", "筛选")
SHOW_ALL = key("Ctrl+Shift+G", "不筛选")
TABLE = key("F12", "表格")
FIND = key("Ctrl+F", "查找")
ATTACH = key("Ctrl+U", "添加附件")
OPEN_WITH = key("Ctrl+O", "用系统程序打开")
SAVE_AS = key("Ctrl+Shift+S", "另存为")
PRINT = key("Ctrl+P", "打印")
IMPORT = key("Ctrl+I", "导入")
EXPORT = key("Ctrl+E", "导出")
BATCH = key("Ctrl+Shift+B", "批量")
SAVED_LISTS = key("Ctrl+Shift+F", "常用筛选")
UNDO = key("Ctrl+Z", "撤销")
LARGER = Key("Ctrl++", "放大", ("Ctrl++", "Ctrl+="))
SMALLER = key("Ctrl+-", "缩小")
FIT = key("Ctrl+0", "页宽")
PAGE_DOWN = Key("PgDn", "往后翻", ("PgDown",))
PAGE_UP = key("PgUp", "往前翻")
HELP = key("F1", "帮助")
ESCAPE = Key("Esc", "取消", ("Esc",))
OPERATOR = key("Ctrl+L", "切换经办人")
NEXT_PAGE = Key("Ctrl+PgDn", "下一页", ("Ctrl+PgDown",))
LAST_PAGE = Key("Ctrl+PgUp", "上一页", ("Ctrl+PgUp",))
MORE = key("Alt+M", "更多")

ENTER = Key("Enter", "下一栏")
TAB = Key("Tab", "下一栏")
BACK = Key("Shift+Tab", "上一栏")
UP_DOWN = Key("↑ ↓", "选择")
SIDEWAYS = Key("← →", "换一类")
SPACE = Key("空格", "选中")
COPY = Key("Ctrl+C", "复制")


class Action(QAction):
    """A key's meaning on one page: `run` is called with everything typed so far committed.

    It is heard while `owner` is visible. Pending composition of an input method
    is committed first, or saving by key would lose the last word.
    """

    def __init__(
        self,
        key: Key,
        run: Callable[[], object],
        owner: QWidget,
        *,
        icon: str | None = None,
    ) -> None:
        super().__init__(key.words, owner)
        self.key = key
        self.sign = icon
        self._run = run
        self.setShortcuts([QKeySequence(text) for text in key.pressed])
        self.setAutoRepeat(False)
        if icon:
            self.setIcon(icon_named(icon))
        self.triggered.connect(self._go)
        owner.addAction(self)

    def _go(self) -> None:
        commit_composition()
        self._run()


def commit_composition() -> None:
    """Take what an input method still holds into the field it is typed in."""
    commit_focused()


class _Telling(QObject):
    """`changed` when other keys work where the focus is than a moment ago."""

    changed = Signal()


TELLING = _Telling()


def tell(widget: QWidget, *keys: Key) -> None:
    """Say which keys the widget understands; the hint bar shows them while it has the focus."""
    widget.setProperty(_HINTS, _Hints(keys))
    here = QApplication.focusWidget()
    if here is not None and (here is widget or widget.isAncestorOf(here)):
        TELLING.changed.emit()


def tell_also(widget: QWidget, key: Key, *, works: bool) -> None:
    """Say that the widget understands one key more, or no longer does."""
    told = cast(Any, widget.property(_HINTS))
    others = tuple(one for one in (told.keys if told else ()) if one != key)
    tell(widget, *others, *((key,) if works else ()))


def hints_for(widget: QWidget | None) -> Sequence[Key]:
    """The keys that work at this widget: its own, then those of what it lies in, each key once."""
    found: dict[str, Key] = {}
    place: QObject | None = widget
    while place is not None:
        told = cast(Any, place.property(_HINTS))
        for key in told.keys if told else ():
            found.setdefault(key.shown, key)
        place = place.parent()
    return tuple(found.values())


class _Hints:
    """Keeps Qt from turning the keys into a list of its own."""

    def __init__(self, keys: Sequence[Key]) -> None:
        self.keys = tuple(keys)
