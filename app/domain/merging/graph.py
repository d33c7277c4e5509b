"""The revisions of one record as a graph, and who last set each cell of it.

A **cell** is the smallest thing that merges by itself: a field, one code of a
set, one row of a list, one member of a row. Package format §4.
"""

from __future__ import annotations

import json
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from operator import or_
from typing import Any

from app.domain.merging.revision import MOST_PARENTS

Cell = tuple[str, ...]
Cells = Mapping[Cell, Any]
Setters = int
"""A set of revisions: the bits of their places in the order."""

MOST_REVISIONS = 6000
"""Revisions of one record; an office saves a record a few times, and joins what two PCs did."""
MOST_STEPS = 200_000
"""Cells compared to find who set what, a hundred times what two busy PCs need."""


class Tangled(Exception):
    """The history of a record is larger or more interwoven than offices make it."""


@dataclass(frozen=True, slots=True)
class Node:
    """One revision of one record: its name `h`, its parents' names, op and body (JSON builtins)."""

    h: str
    parents: tuple[str, ...]
    op: str
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Claim:
    """One side of an unsettled field: the value (None = absent) and the revision that set it."""

    value: Any
    h: str


@dataclass(frozen=True, slots=True)
class _Line:
    """What one revision shows: its cells, and the revisions that last set each of them.

    A cell missing from `setters` was never anything but absent, which the roots said first.
    """

    cells: Cells
    marks: Mapping[Cell, Any]
    setters: Mapping[Cell, Setters]
    roots: Setters

    @property
    def size(self) -> int:
        return len(self.cells) + len(self.setters)

    def setter(self, cell: Cell) -> Setters:
        return self.setters.get(cell, self.roots)


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values are the same; unlike Python, 1, 1.0 and true are three values."""
    if one is other:
        return True
    if type(one) is not type(other) or one != other:
        return False
    return isinstance(one, str) or _text(one) == _text(other)


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def ready(nodes: Iterable[Node]) -> tuple[list[Node], list[Node]]:
    """Split revisions into those with their whole ancestry present and those still waiting.

    The first list has parents before children; both are free of duplicates, and
    their order depends on nothing but the set of revisions.
    """
    known = {node.h: node for node in sorted(nodes, key=lambda node: node.h)}
    children: dict[str, list[str]] = {}
    lacking: dict[str, int] = {}
    for h, node in known.items():
        parents = set(node.parents)
        lacking[h] = len(parents)
        for parent in parents:
            children.setdefault(parent, []).append(h)
    order: list[Node] = []
    queue = deque(h for h, count in lacking.items() if not count)
    while queue:
        h = queue.popleft()
        order.append(known.pop(h))
        for child in children.get(h, ()):
            lacking[child] -= 1
            if not lacking[child]:
                queue.append(child)
    return order, list(known.values())


def claims(
    order: Sequence[Node], heads: Sequence[str], cells_of: Callable[[Node], Cells]
) -> dict[Cell, tuple[Claim, ...]]:
    """For each cell the claims left over when those overtaken by a descendant are dropped.

    `order` has parents before children and `heads` are its childless ends. The
    claims of a cell are sorted by h; a cell is settled when they all say the same.
    Raises `Tangled` past the bounds, which depend on the set of revisions alone.
    """
    roots = sum(not node.parents for node in order)
    if len(order) > MOST_REVISIONS or max(len(heads), roots) > MOST_PARENTS:
        raise Tangled
    lines = _head_lines(order, heads, cells_of)
    latest = _latest(order)
    return {
        cell: tuple(
            Claim(_said(lines, cell, bit), h)
            for h, bit in latest(_union(line.setter(cell) for line in lines))
        )
        for cell in {cell for line in lines for cell in (*line.cells, *line.setters)}
    }


def agreed(sides: Sequence[Claim]) -> bool:
    """Whether all claims say the same; two revisions that set one value are no conflict."""
    return all(same(sides[0].value, side.value) for side in sides[1:])


def _said(lines: Sequence[_Line], cell: Cell, setter: int) -> Any:
    """What this revision set the cell to, as a head shows it that still has it from there."""
    return next(line.cells.get(cell) for line in reversed(lines) if line.setter(cell) & setter)


def _head_lines(
    order: Sequence[Node], heads: Sequence[str], cells_of: Callable[[Node], Cells]
) -> list[_Line]:
    # A line is dropped after its last child has read it, so that a long history stays small.
    unread = Counter(parent for node in order for parent in set(node.parents))
    lines: dict[str, _Line] = {}
    steps = 0
    for place, node in enumerate(order):
        parents = sorted(set(node.parents))
        cells = cells_of(node)
        steps += len(cells) + sum(lines[parent].size for parent in parents)
        if steps > MOST_STEPS:
            raise Tangled
        lines[node.h] = _line(1 << place, cells, [lines[parent] for parent in parents])
        for parent in parents:
            unread[parent] -= 1
            if not unread[parent]:
                del lines[parent]
    return [lines[h] for h in heads]


def _line(me: int, cells: Cells, parents: Sequence[_Line]) -> _Line:
    marks = {cell: _mark(value) for cell, value in cells.items()}
    if not parents:
        return _Line(cells, marks, dict.fromkeys(cells, me), me)
    setters = _inherited(parents)
    for cell in {*cells, *(cell for line in parents for cell in line.cells)}:
        # Parents that disagree cannot all equal the value here, so a merge sets it too.
        if any(marks.get(cell) != line.marks.get(cell) for line in parents):
            setters[cell] = me
    return _Line(cells, marks, setters, _union(line.roots for line in parents))


def _mark(value: Any) -> Any:
    """What two values have in common exactly when they are the `same`."""
    return value if type(value) in (str, int) else (_text(value),)


def _inherited(parents: Sequence[_Line]) -> dict[Cell, Setters]:
    if len(parents) == 1:
        return dict(parents[0].setters)
    cells = {cell for line in parents for cell in line.setters}
    return {cell: _union(line.setter(cell) for line in parents) for cell in cells}


def _union(sets: Iterable[Setters]) -> Setters:
    return reduce(or_, sets, 0)


def _latest(order: Sequence[Node]) -> Callable[[Setters], list[tuple[str, Setters]]]:
    """Return a function that drops the ancestors of others; (h, its bit), sorted by h."""
    bits = {node.h: 1 << place for place, node in enumerate(order)}
    above: dict[str, int] = {}
    for node in order:
        above[node.h] = _union(above[parent] | bits[parent] for parent in node.parents)

    @cache
    def latest(some: Setters) -> list[tuple[str, Setters]]:
        found = []
        while some:
            # The last in the order is no ancestor of another one.
            node = order[some.bit_length() - 1]
            found.append((node.h, bits[node.h]))
            some &= ~(above[node.h] | bits[node.h])
        return sorted(found)

    return latest
