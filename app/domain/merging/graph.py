"""The revisions of one record as a graph, and who last set each cell of it.

A **cell** is the smallest thing that merges by itself: a field, one code of a
set, one row of a list, one member of a row. Package format §4.
"""

from __future__ import annotations

import json
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Cell = tuple[str, ...]
Cells = Mapping[Cell, Any]
Setters = frozenset[str]


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
    setters: Mapping[Cell, Setters]
    roots: Setters

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
    """
    lines = _head_lines(order, heads, cells_of)
    cells = {cell for line in lines for cell in (*line.cells, *line.setters)}
    said = {
        cell: {h: line.cells.get(cell) for line in lines for h in line.setter(cell)}
        for cell in cells
    }
    latest = _latest(order, {h for values in said.values() for h in values})
    return {
        cell: tuple(Claim(values[h], h) for h in latest(values)) for cell, values in said.items()
    }


def agreed(sides: Sequence[Claim]) -> bool:
    """Whether all claims say the same; two revisions that set one value are no conflict."""
    return all(same(sides[0].value, side.value) for side in sides[1:])


def _head_lines(
    order: Sequence[Node], heads: Sequence[str], cells_of: Callable[[Node], Cells]
) -> list[_Line]:
    # A line is dropped after its last child has read it, so that a long history stays small.
    unread = Counter(parent for node in order for parent in set(node.parents))
    lines: dict[str, _Line] = {}
    for node in order:
        parents = sorted(set(node.parents))
        lines[node.h] = _line(node.h, cells_of(node), [lines[parent] for parent in parents])
        for parent in parents:
            unread[parent] -= 1
            if not unread[parent]:
                del lines[parent]
    return [lines[h] for h in heads]


def _line(h: str, cells: Cells, parents: Sequence[_Line]) -> _Line:
    me = frozenset((h,))
    if not parents:
        return _Line(cells, dict.fromkeys(cells, me), me)
    setters = _inherited(parents)
    for cell in {*cells, *(cell for line in parents for cell in line.cells)}:
        # Parents that disagree cannot all equal the value here, so a merge sets it too.
        if not all(same(cells.get(cell), line.cells.get(cell)) for line in parents):
            setters[cell] = me
    return _Line(cells, setters, _union(line.roots for line in parents))


def _inherited(parents: Sequence[_Line]) -> dict[Cell, Setters]:
    if len(parents) == 1:
        return dict(parents[0].setters)
    cells = {cell for line in parents for cell in line.setters}
    return {cell: _union(line.setter(cell) for line in parents) for cell in cells}


def _union(sets: Iterable[Setters]) -> Setters:
    return frozenset().union(*sets)


def _latest(
    order: Sequence[Node], candidates: Iterable[str]
) -> Callable[[Collection[str]], list[str]]:
    """Return a function that sorts some candidates and drops the ancestors of others."""
    bit = {h: 1 << place for place, h in enumerate(sorted(candidates))}
    above: dict[str, int] = {}
    for node in order:
        mask = 0
        for parent in node.parents:
            mask |= above[parent] | bit.get(parent, 0)
        above[node.h] = mask

    def latest(some: Collection[str]) -> list[str]:
        overtaken = 0
        for h in some:
            overtaken |= above[h]
        return sorted(h for h in some if not overtaken & bit[h])

    return latest
