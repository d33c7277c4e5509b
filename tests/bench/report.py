"""What came of it: one table for people, or JSON."""

from __future__ import annotations

import platform
import unicodedata
from collections.abc import Sequence
from typing import Any

import msgspec

from tests.bench.measuring import Outcome, Times, median

HEAD = ("what", "ours ms", "floor ms", "ratio", "[min–max]", "aim", "CPU ratio", "peak MB", "")


def as_json(outcomes: Sequence[Outcome]) -> str:
    """Every round of every line, and what it ran on."""
    machine = {"system": platform.platform(), "python": platform.python_version()}
    lines = [_summary(one) for one in outcomes]
    return msgspec.json.format(msgspec.json.encode({"machine": machine, "lines": lines})).decode()


def _summary(one: Outcome) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.to_builtins(one)
    if one.times is not None:
        found |= {"ratio": median(one.times.ratios), "ratios": one.times.ratios}
    return found


def as_table(outcomes: Sequence[Outcome]) -> str:
    """The medians; a ratio or a peak above its aim is marked `!`."""
    cells = [HEAD, *map(_cells, outcomes)]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    return "\n".join(_line(row, widths) for row in cells)


def _cells(one: Outcome) -> tuple[str, ...]:
    peak = f"{one.peak_mb:.0f}{_mark(one.peak_mb, one.peak_aim)}" if one.peak_mb else ""
    peak += f" ≤ {one.peak_aim:g}" if one.peak_mb and one.peak_aim else ""
    aim = f"≤ {one.aim:g}" if one.aim else ""
    return (one.name, *_times(one.times, one.aim), aim, _cpu(one.times), peak, one.note)


def _times(times: Times | None, aim: float | None) -> tuple[str, ...]:
    if times is None:
        return ("", "", "", "")
    ratio, both = median(times.ratios), (median(times.ours), median(times.floor))
    spread = f"[{min(times.ratios):.2f}–{max(times.ratios):.2f}]"
    return (*map(_ms, both), f"{ratio:.2f}{_mark(ratio, aim)}", spread)


def _ms(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _cpu(times: Times | None) -> str:
    return f"{median(times.cpu_ratios):.2f}" if times is not None and times.cpu_ratios else ""


def _mark(value: float, aim: float | None) -> str:
    return "!" if aim is not None and value > aim else ""


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    padded = [
        cell + " " * (width - _width(cell))
        if n in (0, len(row) - 1)
        else " " * (width - _width(cell)) + cell
        for n, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
    return "  ".join(padded).rstrip()


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
