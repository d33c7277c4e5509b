"""A history that no office makes costs no more than reading it, and comes out one and the same."""

from __future__ import annotations

import hashlib
import random
import tracemalloc
from collections.abc import Callable

import pytest

from app.domain.merging.merge import VOID, Folded, Node, Shape, fold, settle
from app.domain.merging.revision import MOST_PARENTS

SHAPES: dict[str, Shape] = {"codes": "set", "rows": "rows"}


def h(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()


def body(number: int) -> dict[str, object]:
    """A full form, in which every third revision changes everything."""
    return {f"f{field}": f"{number}-{field}" if number % 3 else "同" for field in range(40)}


def heads(count: int) -> list[Node]:
    """So many versions that nobody has joined."""
    root = Node(h(0), (), "create", body(0))
    return [root, *(Node(h(n), (root.h,), "edit", body(n)) for n in range(1, count + 1))]


def mesh(count: int, width: int) -> list[Node]:
    """Layers of revisions, each of which joins the whole layer before it."""
    nodes = [Node(h(0), (), "create", body(0))]
    for number in range(1, count):
        layer = (number - 1) // width
        above = range(1 + (layer - 1) * width, 1 + layer * width) if layer else range(1)
        parents = tuple(sorted(h(one) for one in above))
        nodes.append(Node(h(number), parents, "merge" if layer else "edit", body(number)))
    return nodes


def roots(count: int) -> list[Node]:
    """So many first versions of one record, joined by sixties, and two heads."""
    nodes = [Node(h(n), (), "create", body(n)) for n in range(count)]
    for at in range(0, count, 60):
        joined = tuple(sorted(node.h for node in nodes[at : at + 60]))
        nodes.append(Node(h(count + at), joined, "merge", body(at)))
    return nodes


def long(count: int) -> list[Node]:
    """One revision after the other, and one that came late."""
    nodes = heads(1)
    nodes += [Node(h(n), (h(n - 1),), "edit", {}) for n in range(2, count)]
    return [*nodes, Node("late", (h(1),), "edit", body(1))]


def stuffed(count: int) -> list[Node]:
    """Few revisions, each with a list of thousands of rows."""
    rows = [{"id": str(n), "name": "x"} for n in range(5000)]
    root = Node(h(0), (), "create", {"rows": rows})
    return [root, *(Node(h(n), (root.h,), "edit", {"rows": rows[n:]}) for n in range(1, count))]


def speakers(count: int) -> list[Node]:
    """Two heads behind many concurrent versions that agree with each other, not with the rest."""
    root = Node(h(0), (), "create", {"a": "旧"})
    ours = [Node(h(n), (root.h,), "edit", {"a": "新"}) for n in range(1, count + 1)]
    joined: list[Node] = []
    for at in range(0, count, 60):
        parents = tuple(sorted(node.h for node in ours[at : at + 60]))
        joined.append(Node(h(1000 + at), parents, "merge", {"a": "新"}))
    top = Node(h(9998), tuple(sorted(node.h for node in joined)), "merge", {"a": "新"})
    return [root, *ours, *joined, top, Node(h(9999), (root.h,), "edit", {"a": "他"})]


TANGLED: dict[str, Callable[[], list[Node]]] = {
    "heads": lambda: heads(50_000),
    "mesh": lambda: mesh(6000, 60),
    "roots": lambda: roots(3000),
    "stuffed": lambda: stuffed(40),
    "long": lambda: long(7000),
    "speakers": lambda: speakers(200),
}


def folded(nodes: list[Node]) -> Folded:
    """The fold, while it may hold no more than 50 MB of its own."""
    tracemalloc.start()
    try:
        found = fold(nodes, SHAPES)
        assert tracemalloc.get_traced_memory()[1] <= 50 << 20
    finally:
        tracemalloc.stop()
    return found


@pytest.mark.parametrize("name", TANGLED)
def test_a_tangled_history_is_shown_side_by_side_in_every_order(name: str) -> None:
    nodes = TANGLED[name]()
    found = folded(nodes)
    assert 2 <= len(found.heads) <= MOST_PARENTS
    assert list(found.heads) == sorted(found.heads)
    known = {node.h: node for node in nodes}
    for path, claims in found.conflicts.items():
        assert path in (VOID, *body(0), "rows", "a")
        assert [claim.h for claim in claims] == list(found.heads)
        assert [claim.value for claim in claims] == [
            known[head].body.get(path) for head in found.heads
        ]
    shuffled = random.Random(7).sample(nodes, len(nodes))
    assert fold(shuffled, SHAPES) == found


def test_settling_a_tangled_history_round_by_round_ends_it() -> None:
    """Each round joins as many heads as one revision may name."""
    nodes = heads(150)
    rounds = 0
    while len((open_ := fold(nodes, SHAPES)).heads) > 1:
        choices = {path: claims[-1].value for path, claims in open_.conflicts.items()}
        nodes.append(Node(h(-1 - rounds), open_.heads, "merge", settle(open_, choices, SHAPES)))
        rounds += 1
    assert rounds == 3
    assert not open_.conflicts


def test_what_two_busy_pcs_do_is_still_unravelled() -> None:
    """Two hundred saves each, of different fields, never joined."""
    nodes = [Node(h(0), (), "create", body(0))]
    ends = [nodes[0].h] * 2
    bodies = [body(0), body(0)]
    for number in range(1, 400):
        side = number % 2
        bodies[side] = bodies[side] | {f"f{side}": str(number)}
        nodes.append(Node(h(number), (ends[side],), "edit", bodies[side]))
        ends[side] = nodes[-1].h
    found = fold(nodes, SHAPES)
    assert not found.conflicts
    assert (found.body["f0"], found.body["f1"]) == ("398", "399")
