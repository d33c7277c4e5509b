"""How the board says where a unit stands: never by colour alone."""

from __future__ import annotations

import datetime as dt

from app.domain.campaign.plan_board import (
    BoardPlan,
    BoardRow,
    BoardUnit,
    Mark,
    PlanBoard,
    day_words,
    week_span,
)
from app.domain.values.dates import format_date

MARKS = {
    Mark.PLANNED: "已排",
    Mark.LATE: "逾期",
    Mark.VISITED: "已走访",
    Mark.ELSEWHERE: "另一级已去",
}
KINDS = {
    Mark.PLANNED: "info",
    Mark.LATE: "error",
    Mark.ELSEWHERE: "warning",
    Mark.VISITED: "ok",
}
"""Kinds of `theme.CHIPS`."""
_ALWAYS = (Mark.PLANNED, Mark.LATE, Mark.VISITED)
BOTH = "两级"
NO_DAY = "没定日期"


def week_words(board: PlanBoard, week: int) -> str:
    """7月18日—22日, or 没定日期."""
    if week < 0:
        return NO_DAY
    return week_span(board.weeks[week])


def week_note(board: PlanBoard, week: int) -> str:
    """What else there is to say of a week."""
    if week < 0:
        return "以后再定哪一周"
    present = board.week_of(board.today) == week and board.weeks[week] <= board.today
    notes = ["本周" if present else f"第{week + 1}周"]
    if board.is_outside(week):
        notes.append("集中走访外")
    return "　".join(notes)


def mark_words(board: PlanBoard, one: BoardPlan) -> str:
    """已排, or the day where somebody said which; 逾期, 另一级已去, 已走访."""
    if one.mark is not Mark.PLANNED or one.planned is None:
        return MARKS[one.mark]
    week = board.week_of(one.planned)
    return MARKS[one.mark] if one.planned == board.last_day(week) else day_words(one.planned)


def board_counts(board: PlanBoard) -> str:
    """已排 3　逾期 1　已走访 2; what another level did first only where there is some."""
    told = ((mark, words, board.count(mark)) for mark, words in MARKS.items())
    shown = (f"{words} {count}" for mark, words, count in told if count or mark in _ALWAYS)
    return "　".join(shown)


def row_counts(board: PlanBoard, row: BoardRow) -> str:
    """已排 3 逾期 1 已走访 2 另一级 1; nothing for what there is none of."""
    short = MARKS | {Mark.ELSEWHERE: "另一级"}
    told = ((words, board.count(mark, row.group)) for mark, words in short.items())
    return " ".join(f"{words} {count}" for words, count in told if count)


def unit_words(unit: BoardUnit) -> str:
    """What one asks before driving out."""
    parts = [
        unit.place,
        "规上" if unit.large else "",
        f"{unit.headcount:,}人" if unit.headcount is not None else "",
        f"未办结诉求 {unit.demands}" if unit.demands else "",
        f"未化解隐患 {unit.hazards}" if unit.hazards else "",
    ]
    return "　".join(filter(None, parts))


def others_words(unit: BoardUnit) -> str:
    """Who else goes there or went, the bound level first."""
    told = sorted(unit.elsewhere, key=lambda one: not one.flagged)
    return "；".join(map(str, told))


def plan_words(one: BoardPlan) -> str:
    """One plan in a line."""
    day = f"计划{format_date(one.planned)}" if one.planned else NO_DAY
    went = one.unit.visited
    done = f"{format_date(went)}已走访" if went and went != dt.date.max else ""
    state = done or (MARKS[one.mark] if one.mark is not Mark.PLANNED else "")
    parts = (one.unit.name, day, state, unit_words(one.unit), others_words(one.unit))
    return "　".join(filter(None, parts))


def spot_words(board: PlanBoard, row: BoardRow, week: int) -> str:
    """第一组　7月18日—22日."""
    return f"{row.name}　{week_words(board, week)}"
