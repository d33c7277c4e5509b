"""How much of a history is unravelled: at each bound it still is, one past it no more."""

from __future__ import annotations

import tracemalloc
from typing import Any

import pytest

from app.domain.merging import graph
from app.domain.merging.graph import MOST_REVISIONS, Claim, Node, Tangled, claims
from app.domain.merging.merge import Folded, Shape, fold
from app.domain.merging.revision import MOST_PARENTS

SHAPES: dict[str, Shape] = {"codes": "set", "rows": "rows"}


def edit(h: str, *parents: str, op: Any = "edit", **body: Any) -> Node:
    return Node(h, parents, op, body)


def unravelled(nodes: list[Node]) -> bool:
    """Whether edits of different fields came together, instead of standing side by side."""
    return not fold(nodes, SHAPES).conflicts


def heads(count: int) -> list[Node]:
    """So many versions that nobody has joined, each with a field of its own."""
    return [
        edit("root", op="create"),
        *(edit(f"h{n:03}", "root", **{f"f{n}": n}) for n in range(count)),
    ]


@pytest.mark.parametrize(("count", "good"), [(MOST_PARENTS, True), (MOST_PARENTS + 1, False)])
def test_heads(count: int, good: bool) -> None:
    assert unravelled(heads(count)) is good


def test_heads_past_the_bound_stand_side_by_side_the_first_by_name() -> None:
    found = fold(heads(MOST_PARENTS + 1), SHAPES)
    names = tuple(f"h{n:03}" for n in range(MOST_PARENTS))
    assert found == Folded(
        {"f0": 0},
        names,
        {
            f"f{n}": tuple(Claim(n if n == one else None, f"h{one:03}") for one in range(64))
            for n in range(MOST_PARENTS)
        },
        False,
    )


def test_side_by_side_a_list_is_one_value_and_a_void_one_side() -> None:
    rows = [{"id": "p"}]
    nodes = heads(MOST_PARENTS)
    nodes += [edit("a", "root", rows=rows, same=1), edit("b", "root", op="void", rows=rows)]
    found = fold(nodes, SHAPES)
    assert found.heads[:2] == ("a", "b")
    assert (found.body["rows"], found.body["same"], found.void) == (rows, 1, False)
    assert [claim.value for claim in found.conflicts["rows"]] == [rows, rows, *[None] * 62]
    assert [claim.value for claim in found.conflicts["$void"]] == [False, True, *[False] * 62]


@pytest.mark.parametrize(("count", "good"), [(MOST_PARENTS, True), (MOST_PARENTS + 1, False)])
def test_first_revisions(count: int, good: bool) -> None:
    """All begun with the same words, joined into two heads."""
    first = [edit(f"r{n:03}", op="create", place="沙湾") for n in range(count)]
    names = [node.h for node in first]
    nodes = [
        *first,
        edit("x", *names[:60], op="merge", place="沙湾", a=1),
        edit("y", *names[60:], op="merge", place="沙湾"),
    ]
    sides = [claim.h for claim in fold(nodes, SHAPES).conflicts["a"]]
    assert sides == ([*names[60:], "x"] if good else ["x", "y"])


@pytest.mark.parametrize(("count", "good"), [(MOST_REVISIONS, True), (MOST_REVISIONS + 1, False)])
def test_revisions(count: int, good: bool) -> None:
    chain = [edit("0", op="create"), *(edit(str(n), str(n - 1)) for n in range(1, count - 2))]
    ends = [edit("a", str(count - 3), a=1), edit("b", str(count - 3), b=1)]
    assert unravelled([*chain, *ends]) is good


@pytest.mark.parametrize(("most", "good"), [(12, True), (11, False)])
def test_steps(most: int, good: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """A step for every cell of a revision, and for every cell and setter of its parents."""
    monkeypatch.setattr(graph, "MOST_STEPS", most)
    nodes = [
        edit("a", op="create", n=1),  # one cell: 1 step
        edit("b", "a", n=1, p=1),  # two cells; the parent has one cell and one setter: 4
        edit("c", "a", n=1),  # 3
        edit("d", "c", n=1, q=2),  # 4
    ]
    assert unravelled(nodes) is good


def speakers(ours: int, theirs: int) -> list[Node]:
    """Two chains that set the same fields one after the other, each revision one more."""
    nodes = [edit("root", op="create")]
    for side, count in (("a", ours), ("b", theirs)):
        body: dict[str, Any] = {}
        before = "root"
        for n in range(count):
            body = body | {f"f{n}": side}
            nodes.append(edit(f"{side}{n:03}", before, **body))
            before = nodes[-1].h
    return nodes


def test_revisions_that_stand_against_each_other() -> None:
    """Each field by the revision that set it; past the bound by the heads."""
    found = fold(speakers(32, 32), SHAPES).conflicts
    assert found["f5"] == (Claim("a", "a005"), Claim("b", "b005"))
    assert len(found) == 32
    tangled = fold(speakers(33, 33), SHAPES).conflicts
    assert tangled["f5"] == (Claim("a", "a032"), Claim("b", "b032"))


def test_revisions_that_agree_are_not_counted_against_it() -> None:
    """A hundred PCs wrote the same; one wrote something else beside it."""
    same = [edit(f"s{n:03}", "root", a="新") for n in range(100)]
    names = [node.h for node in same]
    nodes = [
        edit("root", op="create", a="旧"),
        *same,
        edit("x", *names[:50], op="merge", a="新"),
        edit("y", *names[50:], op="merge", a="新"),
        edit("z", "root", a="旧", b="他"),
    ]
    assert fold(nodes, SHAPES) == Folded({"a": "新", "b": "他"}, ("x", "y", "z"), {}, False)


def test_a_long_history_is_read_without_being_kept() -> None:
    """What a revision showed is let go once all its children have been read."""
    nodes = [Node("0", (), "create", {f"f{n}": "0" for n in range(40)})]
    for number in range(1, 600):
        body = {f"f{n}": str(number) for n in range(40)}
        nodes.append(Node(str(number), (nodes[-1].h,), "edit", body))
    nodes.append(Node("late", ("0",), "edit", nodes[0].body))
    tracemalloc.start()
    try:
        found = fold(nodes, SHAPES)
        assert tracemalloc.get_traced_memory()[1] < 2 << 20
    finally:
        tracemalloc.stop()
    assert found.body == nodes[-2].body


def test_claims_name_who_last_set_a_cell() -> None:
    order = [edit("a", op="create", n=1, t="x"), edit("b", "a", n=2, t="x"), edit("c", "a", n=1)]
    found = claims(order, ["b", "c"], lambda node: {(k,): v for k, v in node.body.items()})
    assert found == {("n",): (Claim(2, "b"),), ("t",): (Claim(None, "c"),)}


def test_past_the_bounds_there_are_no_claims() -> None:
    order = heads(MOST_PARENTS + 1)
    with pytest.raises(Tangled):
        claims(order, [node.h for node in order[1:]], lambda node: {})
