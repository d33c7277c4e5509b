"""What the list of 填写不一致 and its card say of one record."""

from __future__ import annotations

from app.domain.kernel.text import lookup_key
from app.services.deciding.differing import Disagreement
from app.ui.pages.inbox.two_lines import TwoLines

_OURS = "选定每一处以哪个为准，再按 Ctrl+S 保存。"
_THEIRS = "这是{station}的记录，由它自己选定。退回以后，对方能看到每一处的问题。"
_RETURNED = "已经退回给{station}，等对方选定后再报来。"
_REFUSED = (
    "{station}不采用：{reason}\n同意的撤回更正，下次回执告诉对方；不同意的照旧留着，"
    "市里的数字仍用更正的值。"
)
_LEFT = "{station}不采用：{reason}\n{left}看过，照旧留着。"


def said_of(one: Disagreement) -> str:
    """What is to be done of the record shown."""
    words = _OURS if one.ours else _RETURNED if one.returned else _THEIRS
    if one.refused is None:
        return words.format(station=one.station_name)
    told = _LEFT if one.refused.left else _REFUSED
    reason, left = one.refused.reason.rstrip("。"), one.refused.left
    return told.format(station=one.station_name, reason=f"{reason}。", left=left)


def answers(one: Disagreement, wanted: str) -> bool:
    """Whether a record is found by what was typed."""
    return any(wanted in lookup_key(t) for t in (one.title, one.number, one.station_name))


def row_of(one: Disagreement) -> TwoLines:
    """A record in the list, with how far it has come."""
    words, kind = ("已退回", "neutral") if one.returned else ("待退回", "error")
    if one.ours:
        words, kind = "待选定", "warning"
    elif one.refused is not None:
        words, kind = ("照旧留着", "neutral") if one.returned else ("县里不采用", "warning")
    places = "、".join(place.label for place in one.places)
    return TwoLines(one.title or one.number, words, kind, one.number, places)
