"""The state of a record as a pure fold over the set of its revisions (package format §4).

Order, repetition and splitting of packages make no difference to the result.
Nothing is decided by a clock: what cannot be told from the parents is a
conflict (两处填写不一致) until the owner office settles it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.kernel.added_values import EXTRA
from app.domain.kernel.errors import UserError
from app.domain.merging.cells import Draft, Shape, build, cells_of, is_members, is_rows, usable
from app.domain.merging.graph import Cell, Claim, Node, Tangled, agreed, claims, ready, same
from app.domain.merging.revision import MOST_PARENTS

__all__ = [
    "VOID",
    "Claim",
    "Folded",
    "Node",
    "Shape",
    "changed_fields",
    "field_of",
    "fold",
    "parse_path",
    "ready",
    "settle",
]

VOID = "$void"
"""The path of a 作废 that stands against a concurrent edit; its claims are True and False."""

_PATH = re.compile(r"(?P<field>[^\[]+)\[(?P<row>.*)\](?:\.(?P<member>[^\]]+))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Folded:
    """What the revisions of a record add up to.

    `body` shares its values with the revisions: copy before changing. `heads`
    are sorted, at most `MOST_PARENTS`. `conflicts` maps a path (`field`, `field[row id]` for a row
    deleted here and edited there, `field[row id].member`, `field[name]` of a value held by its
    name, or `VOID`) to its claims, sorted by h; the body shows the first of them. `void` is 作废.
    """

    body: dict[str, Any]
    heads: tuple[str, ...]
    conflicts: Mapping[str, tuple[Claim, ...]]
    void: bool


def fold(nodes: Iterable[Node], shapes: Mapping[str, Shape]) -> Folded:
    """Fold revisions (all `ready`, at least one) into the state of their record.

    `shapes` names the body members that are not one plain value. With one head
    the state is that head's own body, whatever came before. A history more
    tangled than offices make it is not unravelled: the members of its first
    `MOST_PARENTS` heads stand side by side. Raises `ValueError` without revisions,
    or when heads cannot be compared for want of a parent.
    """
    known = {node.h: node for node in nodes}
    heads = sorted(known.keys() - {parent for node in known.values() for parent in node.parents})
    if not heads:
        raise ValueError("a record is folded from at least one revision")
    if len(heads) == 1:
        head = known[heads[0]]
        return Folded(dict(head.body), (head.h,), {}, _is_void(head, known))
    order, waiting = ready(known.values())
    if waiting:
        raise ValueError(f"a parent is missing: {waiting[0].h}")
    try:
        return _fold_heads(known, order, heads, shapes)
    except Tangled:
        return _side_by_side(known, order, heads[:MOST_PARENTS])


def settle(
    folded: Folded, choices: Mapping[str, Any], shapes: Mapping[str, Shape]
) -> dict[str, Any]:
    """Return the body of the revision that settles: the folded body with the chosen values.

    `choices` has one value (None = absent) for every path in conflict; the one
    for `VOID` is not part of the body but decides between op `void` and `merge`.
    `shapes` are those it was folded by.
    Raises `UserError` UNSETTLED while a choice is missing, `ValueError` for a
    path that is not in conflict.
    """
    if unknown := choices.keys() - folded.conflicts.keys():
        raise ValueError(f"not in conflict: {sorted(unknown)}")
    if missing := folded.conflicts.keys() - choices.keys():
        raise UserError(
            "UNSETTLED",
            f"还有 {len(missing)} 处填写不一致没有选定。",
            remedy="请逐处选定要保留的内容，再保存。",
        )
    body = dict(folded.body)
    for path in sorted(choices.keys() - {VOID}):
        _put(body, path, choices[path], shapes)
    return _without_nothing(body)


def changed_fields(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the sorted names of the members that differ; None is the same as absent."""
    names = old.keys() | new.keys()
    return tuple(sorted(name for name in names if not same(old.get(name), new.get(name))))


def parse_path(path: str) -> tuple[str, str | None, str | None]:
    """Take a conflict path apart: field, row id or name or None, member or None."""
    match = _PATH.fullmatch(path)
    return (match["field"], match["row"], match["member"]) if match else (path, None, None)


def field_of(path: str) -> str:
    """The field a conflict path speaks of; what a campaign adds is a field of its own."""
    name, row_id, _ = parse_path(path)
    return row_id if name == EXTRA and row_id is not None else name


def _put(body: dict[str, Any], path: str, value: Any, shapes: Mapping[str, Shape]) -> None:
    name, row_id, member = parse_path(path)
    now = body.get(name)
    if row_id is not None and shapes.get(name) == "members" and is_members(now):
        body[name] = _without_nothing({**(now or {}), row_id: value}) or None
    elif row_id is not None and is_rows(now):
        _put_in_row(body, name, row_id, member, value)
    else:
        body[path] = value


def _put_in_row(
    body: dict[str, Any], name: str, row_id: str, member: str | None, value: Any
) -> None:
    rows = {row["id"]: row for row in body.get(name) or ()}
    if member is not None:
        value = _without_nothing({**rows[row_id], member: value})
    if value is None:
        rows.pop(row_id, None)
    else:
        rows[row_id] = value
    body[name] = list(rows.values()) or None


def _without_nothing(held: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in held.items() if value is not None}


def _is_void(head: Node, known: Mapping[str, Node]) -> bool:
    if head.op != "merge":
        return head.op == "void"
    return head.h in _voids(ready(known.values())[0])


def _voids(order: Sequence[Node]) -> set[str]:
    """A merge of nothing but 作废 is 作废; every other revision says so itself by its op."""
    voids: set[str] = set()
    for node in order:
        joined = node.op == "merge" and node.parents and voids.issuperset(node.parents)
        if node.op == "void" or joined:
            voids.add(node.h)
    return voids


def _fold_heads(
    known: Mapping[str, Node],
    order: Sequence[Node],
    heads: Sequence[str],
    shapes: Mapping[str, Shape],
) -> Folded:
    fitting = usable(shapes, order)
    found = claims(order, heads, lambda node: cells_of(node.body, fitting))
    _require_few(found.values())
    by_field: dict[str, dict[Cell, tuple[Claim, ...]]] = {}
    for cell, sides in found.items():
        by_field.setdefault(cell[0], {})[cell[1:]] = sides
    draft = Draft(known, known[heads[0]].body)
    body = {
        name: build(draft, name, fitting.get(name, "value"), by_field[name])
        for name in sorted(by_field)
    }
    return _folded(draft, body, order, heads)


def _require_few(found: Iterable[Sequence[Claim]]) -> None:
    """No more revisions may stand against each other than one could join."""
    speakers: set[str] = set()
    for sides in found:
        if len(sides) > 1 and not agreed(sides):
            speakers.update(side.h for side in sides)
        if len(speakers) > MOST_PARENTS:
            raise Tangled


def _side_by_side(known: Mapping[str, Node], order: Sequence[Node], heads: Sequence[str]) -> Folded:
    """The state of heads compared as they are, each member as one value."""
    draft = Draft(known, known[heads[0]].body)
    body = {
        name: draft.take(name, tuple(Claim(known[h].body.get(name), h) for h in heads))
        for name in sorted({name for h in heads for name in known[h].body})
    }
    return _folded(draft, body, order, heads)


def _folded(
    draft: Draft, body: Mapping[str, Any], order: Sequence[Node], heads: Sequence[str]
) -> Folded:
    voids = _voids(order)
    void = [Claim(h in voids, h) for h in heads]
    draft.take(VOID, tuple(void))
    return Folded(
        _without_nothing(body),
        tuple(heads),
        dict(sorted(draft.conflicts.items())),
        all(side.value for side in void),
    )
