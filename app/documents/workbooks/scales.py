"""In what the numbers of a column are counted: 万元 over it, in its heading or over the table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.documents.workbooks.raster import Cells

_SCALES = {
    **{"": 1, "百": 100, "千": 1_000, "万": 10_000, "十万": 100_000},
    **{"百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000},
}
_SCALE = "十万|百万|千万|[百千万亿]"
_SCALED = re.compile(
    rf"[（(【\[:：/／\s、，,]\s*(?:金额)?(?:单位[:：])?\s*(?:人民币)?({_SCALE}|)"
    r"(?:元|(?<=[百千万亿])(?:人次|人|户|[）)】\]]|$))"
)
_SCALED_ABOVE = re.compile(
    rf"单位[:：][\s人户家次个、，,/]{{0,10}}({_SCALE})元|^\s*[（(]?({_SCALE})元[）)]?\s*$"
)


def scale_of(heading: str) -> int | None:
    """What a heading multiplies its numbers by: 1 for （元）; None without a word of it."""
    found = _SCALED.search(heading)
    return _SCALES[found[1] or ""] if found else None


def scale_above(lines: Sequence[tuple[int, Cells]], row: int) -> int:
    """What 单位：万元 over the table says, down to this row; 1 where nothing is said."""
    for number, cells in lines:
        for value in cells.values() if number <= row else ():
            if found := _SCALED_ABOVE.search(str(value)):
                return _SCALES[found[1] or found[2]]
    return 1
