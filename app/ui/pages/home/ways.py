"""How a new office may begin, by its role."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from app.services.todo.today import Today
from app.ui.keys import IMPORT, Action, Key, key
from app.ui.pages.home.beginning import Way

_LISTED = (
    "buildings",
    "从 Excel、WPS 表格导入单位名录",
    "名录建好，走访时打拼音首字母就能选",
    IMPORT("导入"),
    "enterprises",
)
_FROM_ABOVE = (
    "download-simple",
    "接收上级工会的文件",
    "名录、工作组和活动由上级下发，收下就能用",
    key("Ctrl+O", "收文件"),
    "inbox",
)
_ENROL = (
    "user-circle-plus",
    "登记报送单位",
    "给各县（市、区）制作启用文件，核对登记表",
    key("Ctrl+M", "去登记"),
    "settings",
)
_FROM_BELOW = (
    "tray",
    "接收报送文件",
    "各单位报来的文件先预览，再汇总",
    key("Ctrl+O", "收文件"),
    "inbox",
)


def ways(
    role: str, seen: Today, page: QWidget, add: Action, go: Callable[[str], None]
) -> tuple[str, str, Sequence[Way]]:
    """Heading, why, and three ways; without a campaign the files from above come first."""
    from_above = (*_FROM_ABOVE[:-1], "submit" if role == "township" else "inbox")
    visit = Way("clipboard-text", "添加第一条走访", "照着纸质登记表填写，填好就能打印和报送", add)

    def way(sign: str, title: str, why: str, pressed: Key, place: str) -> Way:
        return Way(sign, title, why, Action(pressed, partial(go, place), page))

    if role == "city":
        why = "先登记报送单位，各单位的走访报上来以后，\n这里列出要汇总、要核对和还没有报的。"
        return "还没有记录", why, [way(*_ENROL), way(*_FROM_BELOW), visit]
    if not seen.campaign:
        why = "上级工会的文件里有活动、乡镇名单和工作组，\n收下以后填写会快得多。"
        return "还没有收到活动", why, [way(*from_above), visit, way(*_LISTED)]
    why = "添加走访以后，这里列出接下来要做的事，\n还有进度、期限和报送情况。"
    return "还没有记录", why, [visit, way(*_LISTED), way(*from_above)]
