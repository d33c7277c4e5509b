"""Bodies taken apart into cells, and put together again from what the sides claim."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from app.domain.merging.graph import Cell, Claim, Node, agreed

Shape = Literal["value", "set", "rows", "members"]
"""How a body member merges: as one value, a set of codes, by row and member, or by name."""

Sides = tuple[Claim, ...]


@dataclass(slots=True)
class Draft:
    """A state being put together.

    `known` has the revisions by h, `first` is the body of the head with the
    smallest h, and `conflicts` fills up on the way.
    """

    known: Mapping[str, Node]
    first: Mapping[str, Any]
    conflicts: dict[str, Sides] = field(default_factory=dict)

    def take(self, path: str, sides: Sides) -> Any:
        """Return the value to show, noting a conflict when the sides differ."""
        if not agreed(sides):
            self.conflicts[path] = sides
        return sides[0].value


def usable(shapes: Mapping[str, Shape], nodes: Sequence[Node]) -> dict[str, Shape]:
    """Leave out a shape that some revision's value does not have: it merges as one value."""
    return {
        name: shape
        for name, shape in shapes.items()
        if all(_FITS[shape](node.body.get(name)) for node in nodes)
    }


def cells_of(body: Mapping[str, Any], shapes: Mapping[str, Shape]) -> dict[Cell, Any]:
    """Take a body apart into the cells that are there; `shapes` must fit it."""
    cells: dict[Cell, Any] = {}
    for name, value in body.items():
        if value is not None:
            cells.update(_SPLIT[shapes.get(name, "value")](name, value))
    return cells


def build(draft: Draft, name: str, shape: Shape, sides: Mapping[Cell, Sides]) -> Any:
    """Return the field's value to show (None = absent) from the claims on its cells."""
    return _BUILD[shape](draft, name, sides)


def is_rows(value: Any) -> bool:
    """Whether a value is absent or a list of objects, each with an id string of its own."""
    if not isinstance(value, list):
        return value is None
    ids = {row["id"] for row in value if isinstance(row, dict) and isinstance(row.get("id"), str)}
    return len(ids) == len(value)


def is_members(value: Any) -> bool:
    """Whether a value is absent or holds others by their names."""
    return value is None or isinstance(value, dict)


def _is_codes(value: Any) -> bool:
    return value is None or (isinstance(value, list) and all(isinstance(v, str) for v in value))


def _split_rows(name: str, rows: Iterable[Mapping[str, Any]]) -> dict[Cell, Any]:
    """A row is a cell as a whole, which tells deleted from edited, and one cell per member."""
    cells: dict[Cell, Any] = {}
    for row in rows:
        there = {member: value for member, value in row.items() if value is not None}
        cells[name, row["id"]] = there
        cells.update({(name, row["id"], member): value for member, value in there.items()})
    return cells


def _split_members(name: str, members: Mapping[str, Any]) -> dict[Cell, Any]:
    return {(name, member): value for member, value in members.items() if value is not None}


def _build_value(draft: Draft, name: str, sides: Mapping[Cell, Sides]) -> Any:
    return draft.take(name, sides[()])


def _build_set(draft: Draft, name: str, sides: Mapping[Cell, Sides]) -> Any:
    """Codes the sides differ on are offered as whole sets: the settled codes and one side's own."""
    split = {code for (code,), claimed in sides.items() if not agreed(claimed)}
    settled = {code for (code,), claimed in sides.items() if claimed[0].value} - split
    speakers = sorted({side.h for code in split for side in sides[code,]})

    def offer(more: Iterable[str]) -> list[str] | None:
        return _arranged(settled.union(more), draft.first.get(name) or ()) or None

    if not speakers:
        return offer(())
    own = {h: split.intersection(draft.known[h].body.get(name) or ()) for h in speakers}
    return draft.take(name, tuple(Claim(offer(own[h]), h) for h in speakers))


def _build_rows(draft: Draft, name: str, sides: Mapping[Cell, Sides]) -> Any:
    members: dict[str, dict[str, Sides]] = {}
    for cell, claimed in sides.items():
        if len(cell) == 2:
            members.setdefault(cell[0], {})[cell[1]] = claimed
    shown: dict[str, Any] = {}
    for row_id, of_row in members.items():
        path, whole = f"{name}[{row_id}]", sides[row_id,]
        if all(side.value is not None for side in whole):
            shown[row_id] = _build_row(draft, path, of_row)
        else:
            shown[row_id] = draft.take(path, whole)
    there = {row_id: row for row_id, row in shown.items() if row is not None}
    order = [row["id"] for row in draft.first.get(name) or ()]
    return [there[row_id] for row_id in _arranged(there, order)] or None


def _build_members(draft: Draft, name: str, sides: Mapping[Cell, Sides]) -> Any:
    shown = {
        key: draft.take(f"{name}[{key}]", claimed) for (key,), claimed in sorted(sides.items())
    }
    return {key: value for key, value in shown.items() if value is not None} or None


def _build_row(draft: Draft, path: str, members: Mapping[str, Sides]) -> dict[str, Any]:
    row = {name: draft.take(f"{path}.{name}", members[name]) for name in sorted(members)}
    return {name: value for name, value in row.items() if value is not None}


def _arranged(keys: Collection[str], order: Iterable[str]) -> list[str]:
    """Sort keys as they stand in `order`, those it does not name after them by themselves."""
    place = {key: number for number, key in enumerate(dict.fromkeys(order))}
    return sorted(keys, key=lambda key: (place.get(key, len(place)), key))


_FITS: Mapping[Shape, Callable[[Any], bool]] = {
    "value": lambda value: True,
    "set": _is_codes,
    "rows": is_rows,
    "members": is_members,
}

_SPLIT: Mapping[Shape, Callable[[str, Any], dict[Cell, Any]]] = {
    "value": lambda name, value: {(name,): value},
    "set": lambda name, codes: {(name, code): True for code in codes},
    "rows": _split_rows,
    "members": _split_members,
}

_BUILD: Mapping[Shape, Callable[[Draft, str, Mapping[Cell, Sides]], Any]] = {
    "value": _build_value,
    "set": _build_set,
    "rows": _build_rows,
    "members": _build_members,
}
