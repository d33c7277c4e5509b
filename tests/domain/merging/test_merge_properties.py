"""Whatever several PCs of an office do, everyone who has the same revisions sees the same."""

from __future__ import annotations

import hashlib
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.merging.merge import VOID, Node, Shape, fold, ready, settle
from tests.domain import merge_oracle as naive

SHAPES: dict[str, Shape] = {
    "codes": "set",
    "rows": "rows",
    "plain": "value",
    "held": "members",
}
IDS, CODES, KEYS, FIELDS = "pqr", "xyz", "mn", ("plain", "unknown")

scalars = st.sampled_from([None, 1, 2, True, "长文", [1]])
rows = st.dictionaries(st.sampled_from(IDS), st.dictionaries(st.sampled_from(KEYS), scalars))
row_lists = rows.map(lambda found: [{"id": i, **row} for i, row in found.items()] or None)
held = st.dictionaries(st.sampled_from(KEYS), scalars)
code_lists = st.lists(st.sampled_from(CODES), unique=True)
OPS = st.sampled_from(["edit"] * 4 + ["adopt", "void", "restore", "merge"])


def compact(body: dict[str, Any]) -> dict[str, Any]:
    """As a saved body is: an empty field is absent, in rows too."""
    body = dict(body)
    if body.get("rows"):
        body["rows"] = [{k: v for k, v in r.items() if v is not None} for r in body["rows"]]
    body["held"] = {k: v for k, v in (body.get("held") or {}).items() if v is not None}
    return {name: value for name, value in body.items() if value not in (None, [], {})}


@st.composite
def edits(draw: st.DrawFn, body: dict[str, Any]) -> dict[str, Any]:
    """A body as a clerk leaves it: a few things changed, added or taken away."""
    name = draw(st.sampled_from([*FIELDS, "codes", "rows", "row", "held"]))
    if name == "row" and body.get("rows"):
        changed = draw(st.integers(0, len(body["rows"]) - 1))
        new = {draw(st.sampled_from(KEYS)): draw(scalars)}
        found = [{**r, **new} if i == changed else r for i, r in enumerate(body["rows"])]
        return compact({**body, "rows": found})
    values = {"codes": code_lists, "rows": row_lists, "row": row_lists, "held": held}
    return compact({**body, "rows" if name == "row" else name: draw(values.get(name, scalars))})


@st.composite
def histories(draw: st.DrawFn, most: int = 7) -> list[Node]:
    """Revisions of several writers, parents first; names in no relation to the order."""
    salt = draw(st.integers(0, 99))
    nodes: list[Node] = []
    for number in range(draw(st.integers(1, most))):
        back = st.integers(0, len(nodes) - 1)
        second_root = draw(st.integers(0, 9)) == 9
        found = st.lists(back, min_size=1, max_size=3, unique=True)
        chosen = draw(found) if nodes and not second_root else []
        body = dict(nodes[chosen[0]].body) if chosen else {}
        for _ in range(draw(st.integers(0, 3))):
            body = draw(edits(body))
        h = hashlib.sha256(f"{salt}-{number}".encode()).hexdigest()[:8]
        op = draw(OPS) if chosen else "create"
        nodes.append(Node(h, tuple(sorted(nodes[i].h for i in chosen)), op, body))
    return nodes


@given(histories(), st.data())
def test_order_and_repetition_make_no_difference(nodes: list[Node], data: st.DataObject) -> None:
    again = data.draw(st.lists(st.sampled_from(nodes)))
    folded = fold(nodes, SHAPES)
    shuffled = fold(data.draw(st.permutations(nodes + again)), SHAPES)
    assert shuffled == folded
    assert list(shuffled.body) == list(folded.body)
    assert list(shuffled.conflicts) == sorted(folded.conflicts)


@given(histories(), st.data())
def test_delivery_in_pieces_ends_in_the_same_state(nodes: list[Node], data: st.DataObject) -> None:
    arrived = data.draw(st.permutations(nodes))
    cut = data.draw(st.integers(0, len(nodes)))
    usable, waiting = ready(arrived[:cut])
    assert {n.h for n in usable} | {n.h for n in waiting} == {n.h for n in arrived[:cut]}
    if usable:
        fold(usable, SHAPES)
    usable, waiting = ready([*usable, *waiting, *arrived[cut:]])
    assert not waiting
    assert fold(usable, SHAPES) == fold(nodes, SHAPES)


@given(histories(), st.data())
def test_what_is_ready_has_its_whole_ancestry(nodes: list[Node], data: st.DataObject) -> None:
    part = data.draw(st.lists(st.sampled_from(nodes), unique_by=lambda node: node.h))
    seen: set[str] = set()
    usable, waiting = ready(part)
    for node in usable:
        assert seen.issuperset(node.parents)
        seen.add(node.h)
    assert not any(seen.issuperset(node.parents) for node in waiting)


@given(histories(), st.data())
def test_a_revision_of_all_heads_settles_everything(nodes: list[Node], data: st.DataObject) -> None:
    open_ = fold(nodes, SHAPES)
    choices = {
        path: data.draw(st.sampled_from(claims)).value for path, claims in open_.conflicts.items()
    }
    body = settle(open_, choices, SHAPES)
    op = "void" if choices.get(VOID) else "merge"
    closed = fold([*nodes, Node("settled", open_.heads, op, body)], SHAPES)
    assert (closed.body, closed.heads, closed.conflicts) == (body, ("settled",), {})
    assert closed.void == choices.get(VOID, open_.void)


@given(histories())
def test_choosing_what_is_shown_changes_nothing(nodes: list[Node]) -> None:
    folded = fold(nodes, SHAPES)
    shown = {path: claims[0].value for path, claims in folded.conflicts.items()}
    if len(folded.heads) > 1:
        assert settle(folded, shown, SHAPES) == folded.body


@given(st.lists(st.tuples(scalars, code_lists, row_lists), min_size=1))
def test_a_straight_history_is_its_last_body(bodies: list[tuple[Any, Any, Any]]) -> None:
    nodes = [
        Node(f"{99 - i}", (f"{100 - i}",) if i else (), "edit", {"plain": a, "codes": b, "rows": c})
        for i, (a, b, c) in enumerate(bodies)
    ]
    folded = fold(nodes, SHAPES)
    assert folded.body == nodes[-1].body
    assert not folded.conflicts


@given(st.dictionaries(st.sampled_from("abcdef"), st.tuples(st.booleans(), scalars)))
def test_two_who_edit_different_fields_never_disagree(work: dict[str, tuple[bool, Any]]) -> None:
    root = Node("5", (), "create", dict.fromkeys("abcdef", "旧"))
    mine = {name: value for name, (left, value) in work.items() if left}
    theirs = {name: value for name, (left, value) in work.items() if not left}
    nodes = [
        root,
        Node("9", ("5",), "edit", {**root.body, **mine}),
        Node("1", ("5",), "edit", {**root.body, **theirs}),
    ]
    folded = fold(nodes, SHAPES)
    assert not folded.conflicts
    assert folded.body == compact_none({**root.body, **mine, **theirs})


def compact_none(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if value is not None}


@settings(max_examples=400)
@given(histories())
def test_every_field_is_what_the_words_of_the_format_say(nodes: list[Node]) -> None:
    oracle = naive.Oracle(nodes)
    folded = fold(nodes, SHAPES)
    assert list(folded.heads) == oracle.heads
    if len(oracle.heads) == 1:
        assert folded.body == oracle.nodes[oracle.heads[0]].body
        return
    conflicts = {path: [(c.h, c.value) for c in found] for path, found in folded.conflicts.items()}
    conflicts.pop(VOID, None)
    expected = {**plain_conflicts(oracle), **row_conflicts(oracle), **held_conflicts(oracle)}
    sets = conflicts.pop("codes", None)
    assert conflicts == expected
    assert {name: folded.body.get(name) for name in FIELDS} == {
        name: oracle.value(naive.field(name))[0] for name in FIELDS
    }
    assert folded.body.get("held", {}) == {
        key: value
        for key in KEYS
        if (value := oracle.value(naive.held("held", key))[0]) is not None
    }
    assert_codes(oracle, folded.body.get("codes") or [], sets)
    assert_rows(oracle, folded.body.get("rows") or [])


def plain_conflicts(oracle: naive.Oracle) -> dict[str, Any]:
    reads = {name: naive.field(name) for name in FIELDS}
    return {name: oracle.sides(read) for name, read in reads.items() if oracle.value(read)[1]}


def held_conflicts(oracle: naive.Oracle) -> dict[str, Any]:
    reads = {f"held[{key}]": naive.held("held", key) for key in KEYS}
    return {path: oracle.sides(read) for path, read in reads.items() if oracle.value(read)[1]}


def row_conflicts(oracle: naive.Oracle) -> dict[str, Any]:
    found = {}
    for i in IDS:
        sides = oracle.sides(naive.row("rows", i))
        gone = [value is None for _, value in sides]
        if any(gone) and not all(gone):
            found[f"rows[{i}]"] = sides
        for key in KEYS if not any(gone) else "":
            read = naive.member("rows", i, key)
            if oracle.value(read)[1]:
                found[f"rows[{i}].{key}"] = oracle.sides(read)
    return found


def assert_codes(oracle: naive.Oracle, shown: list[str], sets: Any) -> None:
    split = {code for code in CODES if oracle.value(naive.has_code("codes", code))[1]}
    assert bool(split) == (sets is not None)
    for code in set(CODES) - split:
        assert (code in shown) == oracle.value(naive.has_code("codes", code))[0]
    for h, offered in sets or ():
        own = oracle.nodes[h].body.get("codes") or []
        assert split.intersection(offered or ()) == split.intersection(own)
        assert set(offered or ()) - split == set(shown) - split
    if sets:
        assert (sets[0][1] or []) == shown


def assert_rows(oracle: naive.Oracle, shown: list[dict[str, Any]]) -> None:
    expected = {}
    for i in IDS:
        sides = oracle.sides(naive.row("rows", i))
        if all(value is not None for _, value in sides):
            members = {key: oracle.value(naive.member("rows", i, key))[0] for key in KEYS}
            expected[i] = compact_none({"id": i, **members})
        elif sides[0][1] is not None:
            expected[i] = sides[0][1]
    first = [row["id"] for row in oracle.nodes[oracle.heads[0]].body.get("rows") or []]
    order = [i for i in first if i in expected]
    order += sorted(expected.keys() - set(first))
    assert shown == [expected[i] for i in order]


@given(histories())
def test_void_holds_only_when_every_head_says_so(nodes: list[Node]) -> None:
    known = {node.h: node for node in nodes}

    def is_void(h: str) -> bool:
        node = known[h]
        return node.op == "void" or (node.op == "merge" and all(map(is_void, node.parents)))

    folded = fold(nodes, SHAPES)
    says = {h: is_void(h) for h in folded.heads}
    assert folded.void == all(says.values())
    assert (VOID in folded.conflicts) == (len(set(says.values())) > 1)
    assert {claim.h: claim.value for claim in folded.conflicts.get(VOID, ())} in ({}, says)
