"""How dates and amounts are said on 首页."""

from __future__ import annotations

import datetime as dt

from app.services.backup.backup import LastBackup

WEEKDAYS = "一二三四五六日"
LATE = 7
"""Days after which a backup is old."""
LONG = 99
"""Days after which nobody counts them any more."""


def spoken(day: dt.date) -> str:
    """2011年12月3日 星期六."""
    return f"{day.year}年{day.month}月{day.day}日 星期{WEEKDAYS[day.weekday()]}"


def left(due: dt.date | None, today: dt.date) -> tuple[str, str]:
    """What is left until a day, and the kind of chip it deserves (empty: none)."""
    if due is None:
        return "", ""
    days = (due - today).days
    if days < -LONG:
        return "早已过期", "neutral"
    if days < 0:
        return f"超 {-days} 天", "error"
    if days == 0:
        return "今天", "error"
    return f"还有 {days} 天", "warning" if days <= 3 else ""


def near(day: dt.date | None, today: dt.date) -> str:
    """12-03 in this year, 2010-12-03 of another."""
    if day is None:
        return ""
    return f"{day:%m-%d}" if day.year == today.year else f"{day:%Y-%m-%d}"


def when(moment: str, today: dt.date) -> str:
    """今天 08:31, 昨天 17:02, 12-01, 2010-12-01."""
    at = dt.datetime.fromisoformat(moment)
    named = {0: "今天", 1: "昨天"}.get((today - at.date()).days)
    return f"{named} {at:%H:%M}" if named else near(at.date(), today)


def backup_state(backup: LastBackup | None, today: dt.date) -> tuple[str, str]:
    """Whether the last backup is good enough, and the kind of its chip."""
    if backup is None:
        return "还没有备份", "error"
    days = (today - dt.datetime.fromisoformat(backup.at).date()).days
    if days <= LATE:
        return "已核对", "ok"
    return f"{days} 天前" if days <= LONG else "很久以前", "warning"


def yuan(amount: object) -> str:
    """Money with thousands separators, without 分 that are none."""
    return f"{amount:,.2f}".removesuffix(".00")
