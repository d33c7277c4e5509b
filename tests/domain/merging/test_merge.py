"""Two PCs of one office write the same record: what both see afterwards."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.kernel.errors import UserError
from app.domain.merging.merge import (
    VOID,
    Claim,
    Folded,
    Node,
    Shape,
    changed_fields,
    fold,
    parse_path,
    ready,
    settle,
)

SHAPES: dict[str, Shape] = {"methods": "set", "family": "rows"}


def rev(h: str, parents: str = "", op: str = "edit", **body: Any) -> Node:
    return Node(h, tuple(parents), op, body)


def state(*nodes: Node) -> Folded:
    return fold(nodes, SHAPES)


def sides(folded: Folded, path: str) -> dict[str, Any]:
    return {claim.h: claim.value for claim in folded.conflicts[path]}


def family(**members: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"id": row_id, **row} for row_id, row in members.items()]


def test_one_writer_sees_the_last_thing_saved() -> None:
    folded = state(rev("c", "b", place="沙湾"), rev("a", op="create", place="乐山"), rev("b", "a"))
    assert folded == Folded({"place": "沙湾"}, ("c",), {}, False)


def test_edits_of_different_fields_come_together() -> None:
    folded = state(
        rev("a", op="create", leader="王琦", workers=10, place="沙湾"),
        rev("b", "a", leader="李强", workers=10, place="沙湾"),
        rev("c", "a", leader="王琦", workers=12),
    )
    assert folded == Folded({"leader": "李强", "workers": 12}, ("b", "c"), {}, False)


def test_two_values_of_one_field_are_put_to_the_office() -> None:
    base = rev("m", op="create", opinion="修路")
    folded = state(base, rev("z", "m", opinion="修桥"), rev("b", "m"))
    assert folded.conflicts == {"opinion": (Claim(None, "b"), Claim("修桥", "z"))}
    assert folded.body == {}


def test_the_side_with_the_smallest_h_is_shown_meanwhile() -> None:
    base = rev("a", op="create", workers=1)
    assert state(base, rev("c", "a", workers=3), rev("b", "a", workers=2)).body == {"workers": 2}
    assert state(base, rev("b", "a", workers=3), rev("c", "a", workers=2)).body == {"workers": 3}


def test_the_same_value_from_both_is_no_conflict() -> None:
    base = rev("a", op="create", workers=1)
    folded = state(base, rev("b", "a", workers=2), rev("c", "a", workers=2))
    assert folded == Folded({"workers": 2}, ("b", "c"), {}, False)


def test_one_and_true_and_one_point_nought_are_not_the_same_value() -> None:
    base = rev("a", op="create", extra=[0])
    for other in ([True], [1.0]):
        assert (
            "extra" in state(base, rev("b", "a", extra=[1]), rev("c", "a", extra=other)).conflicts
        )
    assert changed_fields({"x": 1}, {"x": True}) == ("x",)


@pytest.mark.parametrize(
    ("before", "after"), [(1, True), (1, 1.0), (0, False), ([1], [True]), ({"x": 1}, {"x": 1.0})]
)
def test_a_change_to_another_kind_of_one_is_a_change(before: Any, after: Any) -> None:
    """Whoever changed it last is right, though Python calls both values equal."""
    nodes = [rev("a", op="create", extra=before), rev("b", "a", extra=after)]
    folded = state(*nodes, rev("c", "a", extra=before, place="沙湾"))
    assert not folded.conflicts
    assert repr(folded.body) == repr({"extra": after, "place": "沙湾"})


def test_an_objects_member_order_is_not_a_difference() -> None:
    base = rev("a", op="create")
    folded = state(
        base, rev("b", "a", extra={"x": 1, "y": 2}), rev("c", "a", extra={"y": 2, "x": 1})
    )
    assert not folded.conflicts


def test_settling_with_a_revision_of_both_parents_ends_it() -> None:
    nodes = [rev("a"), rev("b", "a", opinion="修桥", n=1), rev("c", "a", opinion="修路")]
    open_ = state(*nodes)
    body = settle(open_, {"opinion": "修路"}, SHAPES)
    assert body == {"opinion": "修路", "n": 1}
    assert state(*nodes, Node("d", open_.heads, "merge", body)) == Folded(body, ("d",), {}, False)


def test_an_edit_on_top_of_another_overtakes_it() -> None:
    folded = state(
        rev("a", n=0),
        rev("b", "a", n=1),
        rev("c", "b", n=2),
        rev("d", "a", n=0, place="沙湾"),
    )
    assert folded.body == {"n": 2, "place": "沙湾"}
    assert not folded.conflicts


def test_a_merge_that_chose_between_its_parents_set_the_value_itself() -> None:
    nodes = [rev("a", n=0), rev("b", "a", n=1), rev("c", "a", n=2)]
    merged, later = rev("m", "bc", op="merge", n=1), rev("x", "b", n=3)
    assert sides(state(*nodes, merged, later), "n") == {"m": 1, "x": 3}


def test_a_merge_whose_parents_agreed_set_nothing() -> None:
    nodes = [rev("a", n=0), rev("b", "a", n=0, p=1), rev("c", "a", n=0, q=1)]
    merged, later = rev("m", "bc", op="merge", n=0, p=1, q=1), rev("x", "b", n=3, p=1)
    assert state(*nodes, merged, later).body == {"n": 3, "p": 1, "q": 1}


def test_three_heads() -> None:
    folded = state(
        rev("a", n=0, t="一"), rev("b", "a", n=1, t="一"), rev("c", "a", n=0), rev("d", "a", n=2)
    )
    assert sides(folded, "n") == {"b": 1, "d": 2}
    assert folded.body == {"n": 1}


def test_codes_added_and_removed_on_both_sides() -> None:
    folded = state(
        rev("a", methods=["座谈", "走访"]),
        rev("b", "a", methods=["走访", "问卷", "电话"]),
        rev("c", "a", methods=["座谈", "走访", "入户"]),
    )
    assert folded.body == {"methods": ["走访", "问卷", "电话", "入户"]}
    assert not folded.conflicts


def test_the_order_of_codes_means_nothing() -> None:
    folded = state(rev("a", methods=["x", "y"]), rev("b", "a", methods=["y", "x"]), rev("c", "a"))
    assert folded.body == {}
    assert not folded.conflicts


def test_a_code_taken_back_here_and_removed_there_is_put_to_the_office_as_whole_sets() -> None:
    folded = state(
        rev("a", methods=["x"]),
        rev("b", "a"),
        rev("c", "b", methods=["x", "y"]),
        rev("d", "a"),
    )
    assert sides(folded, "methods") == {"c": ["x", "y"], "d": ["y"]}
    assert folded.body == {"methods": ["x", "y"]}
    assert settle(folded, {"methods": None}, SHAPES) == {}


def test_rows_added_on_both_sides_stand_together() -> None:
    folded = state(
        rev("a", family=family(p={"n": 1})),
        rev("b", "a", family=family(t={"n": 2}, p={"n": 1})),
        rev("c", "a", family=family(p={"n": 1}, s={"n": 3}, q={"n": 4})),
    )
    assert [row["id"] for row in folded.body["family"]] == ["t", "p", "q", "s"]
    assert not folded.conflicts


def test_one_row_edited_in_two_members_keeps_both() -> None:
    folded = state(
        rev("a", family=family(p={"name": "张三", "age": 8})),
        rev("b", "a", family=family(p={"name": "张山", "age": 8})),
        rev("c", "a", family=family(p={"name": "张三", "age": 9, "school": "一中"})),
    )
    assert folded.body == {"family": family(p={"name": "张山", "age": 9, "school": "一中"})}
    assert not folded.conflicts


def test_one_member_of_a_row_filled_in_two_ways() -> None:
    folded = state(
        rev("a", family=family(p={"age": 8, "name": "张三"}, q={})),
        rev("b", "a", family=family(p={"name": "张三"}, q={})),
        rev("c", "a", family=family(p={"age": 9, "name": "张三"}, q={})),
    )
    assert sides(folded, "family[p].age") == {"b": None, "c": 9}
    assert folded.body == {"family": family(p={"name": "张三"}, q={})}
    assert settle(folded, {"family[p].age": 9}, SHAPES)["family"][0] == {
        "id": "p",
        "name": "张三",
        "age": 9,
    }
    assert settle(folded, {"family[p].age": None}, SHAPES) == folded.body


def test_a_row_deleted_here_and_untouched_there_is_gone() -> None:
    folded = state(
        rev("a", family=family(p={"age": 8}, q={"age": 9})),
        rev("b", "a", family=family(q={"age": 9})),
        rev("c", "a", family=family(p={"age": 8}, q={"age": 10})),
    )
    assert folded.body == {"family": family(q={"age": 10})}
    assert not folded.conflicts


@pytest.mark.parametrize("edited", [{"age": 9}, {"age": 8, "school": "一中"}, {}])
def test_a_row_deleted_here_and_edited_there_is_put_to_the_office(edited: dict[str, Any]) -> None:
    folded = state(
        rev("a", family=family(p={"age": 8}, q={})),
        rev("b", "a", family=family(q={})),
        rev("c", "a", family=family(p=edited, q={})),
    )
    kept = {"id": "p", **edited}
    assert sides(folded, "family[p]") == {"b": None, "c": kept}
    assert list(folded.conflicts) == ["family[p]"]
    assert folded.body == {"family": family(q={})}
    assert settle(folded, {"family[p]": kept}, SHAPES) == {"family": family(q={}, p=edited)}
    assert settle(folded, {"family[p]": None}, SHAPES) == folded.body


def test_the_only_row_gone_leaves_no_empty_list() -> None:
    folded = state(
        rev("a", family=family(p={"n": 1})), rev("b", "a", family=[]), rev("c", "a", x=1)
    )
    assert folded.body == {"x": 1}
    shown = state(
        rev("m", family=family(p={})), rev("b", "m", family=family(p={"n": 1})), rev("c", "m")
    )
    assert settle(shown, {"family[p]": None}, SHAPES) == {}


@pytest.mark.parametrize("odd", ["text", [{"n": 1}], [{"id": 1}], [{"id": "p"}, {"id": "p"}], [1]])
def test_a_list_that_is_no_list_of_rows_merges_as_one_value(odd: Any) -> None:
    folded = state(
        rev("a", family=family(p={})), rev("b", "a", family=odd), rev("c", "a", family=family(q={}))
    )
    assert sides(folded, "family") == {"b": odd, "c": family(q={})}
    assert settle(folded, {"family": odd}, SHAPES) == {"family": odd}


def test_codes_that_are_no_strings_merge_as_one_value() -> None:
    folded = state(rev("a"), rev("b", "a", methods=["x"]), rev("c", "a", methods=[{"x": 1}]))
    assert sides(folded, "methods") == {"b": ["x"], "c": [{"x": 1}]}


def test_an_empty_member_written_as_null_is_no_edit() -> None:
    folded = state(
        rev("a", n=1, family=family(p={"age": 8})),
        rev("b", "a", n=1, family=family(p={"age": 8, "school": None}), methods=None),
        rev("c", "a"),
    )
    assert folded == Folded({}, ("b", "c"), {}, False)


def test_a_record_begun_twice_has_two_sides() -> None:
    folded = state(rev("a", op="create", n=1, t="一"), rev("b", op="create", t="一"))
    assert sides(folded, "n") == {"a": 1, "b": None}
    assert folded.body == {"n": 1, "t": "一"}


def test_a_name_that_looks_like_a_row_is_still_a_name() -> None:
    one, other = {"n[p]": 1, "n": 3}, {"n[p]": 2}
    folded = state(rev("a"), Node("b", ("a",), "edit", one), Node("c", ("a",), "edit", other))
    assert settle(folded, {"n[p]": 2}, SHAPES) == {"n": 3, "n[p]": 2}


def test_void_and_restore_by_one_writer() -> None:
    nodes = [rev("a", n=1), rev("b", "a", op="void", n=1)]
    assert state(*nodes).void
    assert not state(*nodes, rev("c", "b", op="restore", n=1)).void
    assert not state(*nodes, rev("c", "b", op="edit", n=2)).void


def test_void_on_both_sides_is_void_and_stays_so_through_a_merge() -> None:
    nodes = [rev("a", n=1), rev("b", "a", op="void", n=1), rev("c", "a", op="void", n=2)]
    assert state(*nodes).void
    assert not state(*nodes).conflicts
    assert state(*nodes, rev("d", "bc", op="merge", n=2)).void


def test_void_against_an_edit_is_put_to_the_office() -> None:
    nodes = [rev("a", n=1), rev("b", "a", op="void", n=1), rev("c", "a", n=2)]
    folded = state(*nodes)
    assert sides(folded, VOID) == {"b": True, "c": False}
    assert folded.body == {"n": 2}
    assert not folded.void
    assert settle(folded, {VOID: True}, SHAPES) == {"n": 2}
    assert state(*nodes, rev("d", "bc", op="void", n=2)).void
    assert not state(*nodes, rev("d", "bc", op="merge", n=2)).void


def test_settling_needs_every_choice_and_no_other() -> None:
    folded = state(rev("a"), rev("b", "a", n=1, t=1), rev("c", "a", n=2, t=2))
    with pytest.raises(UserError, match="1 处") as caught:
        settle(folded, {"n": 1}, SHAPES)
    assert (caught.value.code, caught.value.what, caught.value.why, caught.value.remedy) == (
        "UNSETTLED",
        "还有 1 处填写不一致没有选定。",
        "",
        "请逐处选定要保留的内容，再保存。",
    )
    with pytest.raises(ValueError, match="place"):
        settle(folded, {"n": 1, "t": 1, "place": "沙湾"}, SHAPES)


def test_settling_leaves_the_folded_state_alone() -> None:
    folded = state(
        rev("a", family=family(p={})),
        rev("b", "a", family=family(p={"n": 1})),
        rev("c", "a", family=family(p={"n": 2})),
    )
    assert settle(folded, {"family[p].n": 5}, SHAPES) == {"family": family(p={"n": 5})}
    assert folded.body == {"family": family(p={"n": 1})}


def test_revisions_wait_for_their_parents_and_their_parents_parents() -> None:
    a, b, c, d = rev("a"), rev("b", "a"), rev("c", "b"), rev("d", "ac")
    assert ready([d, c, a, c]) == ([a], [c, d])
    assert ready([d, b, c, a]) == ([a, b, c, d], [])
    assert ready([]) == ([], [])


def test_folding_nothing_or_heads_with_a_missing_parent_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^a record is folded from at least one revision$"):
        state()
    with pytest.raises(ValueError, match=r"^a parent is missing: c$"):
        state(rev("a"), rev("c", "b"))


def test_changed_fields_names_what_differs() -> None:
    old = {"a": 1, "b": None, "c": [1], "d": "x"}
    assert changed_fields(old, {"a": 1, "c": [2], "e": "y"}) == ("c", "d", "e")


def test_paths_come_apart_again() -> None:
    assert parse_path("opinion") == ("opinion", None, None)
    assert parse_path("family[p]") == ("family", "p", None)
    assert parse_path("family[p].age") == ("family", "p", "age")
    assert parse_path(VOID) == (VOID, None, None)


def test_a_very_long_history_is_no_trouble() -> None:
    chain = [Node("0", (), "create", {"n": 0, "t": "一"})]
    chain += [Node(str(i), (str(i - 1),), "edit", {"n": i, "t": "一"}) for i in range(1, 5000)]
    assert fold(chain, SHAPES).body == {"n": 4999, "t": "一"}
    late = Node("late", ("7",), "edit", {"n": 7, "t": "二"})
    assert fold([late, *chain], SHAPES).body == {"n": 4999, "t": "二"}
