"""Points follow a figure, totals add up, equal totals share a place (R43, R47)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.campaign.evaluation_places import computed_points, full_marks, places, plain, totals
from app.domain.checking import checks
from app.domain.records import Appeal, Criterion, Evaluation, Score

UNITS = ("511111", "511112", "511113", "511102")
A, B = "a", "b"

points = st.decimals(0, 100, places=2)
cells = st.tuples(st.sampled_from(UNITS), st.sampled_from((A, B)))


def evaluation(scored: dict[tuple[str, str], Decimal], **more: object) -> Evaluation:
    return Evaluation(
        campaign="2011-36",
        title="考评",
        as_of=dt.date(2011, 12, 20),
        criteria=(
            Criterion(id=A, name="覆盖", points="60"),
            Criterion(id=B, name="信息", points="35"),
        ),
        scores=tuple(
            Score(id=f"{u}.{c}", unit=u, criterion=c, points=str(p), by="李")
            for (u, c), p in scored.items()
        ),
        **more,  # type: ignore[arg-type]
    )


@given(points, points, st.decimals("0.01", 100, places=2))
def test_points_never_pass_the_full_marks_and_grow_with_the_figure(
    full: Decimal, figure: Decimal, full_at: Decimal
) -> None:
    given_points = computed_points(full, figure, full_at)
    assert 0 <= given_points <= full
    assert computed_points(full, figure + 1, full_at) >= given_points
    assert computed_points(full, full_at, full_at) == full


@given(st.dictionaries(cells, points))
def test_places_follow_the_totals(scored: dict[tuple[str, str], Decimal]) -> None:
    one = evaluation(scored)
    found = places(one, UNITS)
    assert sorted(place.unit for place in found) == sorted(UNITS)
    assert sum((p.total for p in found), Decimal(0)) == sum(scored.values(), Decimal(0))
    for place in found:
        assert place.place == 1 + sum(other.total > place.total for other in found)
    assert [p.total for p in found] == sorted((p.total for p in found), reverse=True)
    assert sum(p.open for p in found) == 2 * len(UNITS) - len(scored)


def test_equal_totals_share_a_place_in_official_order() -> None:
    one = evaluation(
        {(UNITS[0], A): Decimal(50), (UNITS[1], A): Decimal("50.0"), (UNITS[2], B): Decimal(35)}
    )
    assert [(p.unit, p.place) for p in places(one, UNITS)] == [
        ("511111", 1), ("511112", 1), ("511113", 3), ("511102", 4),
    ]  # fmt: skip


def test_the_last_correction_counts_and_a_dropped_criterion_does_not() -> None:
    told = {"said": "少算", "answer": "属实", "on": dt.date(2011, 12, 21), "by": "李"}
    one = evaluation(
        {(UNITS[0], A): Decimal(10), (UNITS[0], "gone"): Decimal(9)},
        appeals=(
            Appeal(id="1", unit=UNITS[0], criterion=A, points="20", **told),  # type: ignore[arg-type]
            Appeal(id="2", unit=UNITS[0], criterion=A, points="15", **told),  # type: ignore[arg-type]
            Appeal(id="3", unit=UNITS[0], criterion=A, **told),  # type: ignore[arg-type]
        ),
    )
    assert totals(one, UNITS)[UNITS[0]] == 15


def test_full_marks_are_whatever_the_office_chose() -> None:
    assert full_marks(evaluation({})) == 95
    assert [plain(Decimal(one)) for one in ("10.00", "9.50", "100", "0")] == [
        "10",
        "9.5",
        "100",
        "0",
    ]


def codes(one: Evaluation) -> set[str]:
    return {found.code for found in checks.check(one, today=dt.date(2011, 12, 20))}


@given(points, points)
def test_more_than_the_full_marks_is_refused(full: Decimal, points: Decimal) -> None:
    one = Evaluation(
        campaign="2011-36",
        title="考评",
        as_of=dt.date(2011, 12, 20),
        criteria=(Criterion(id=A, name="覆盖", points=str(full)),),
        scores=(Score(id="x", unit="511111", criterion=A, points=str(points), by="李"),),
    )
    assert ("E01" in codes(one)) == (points > full)


@pytest.mark.parametrize(
    ("criterion", "code"),
    [
        (Criterion(id=B, name="率", points="5", basis="closed"), "E02"),
        (Criterion(id=B, name="率", points="5", basis="closed", full_at="0"), "E02"),
        (Criterion(id=B, name="率", points="5", basis="indicator", full_at="100"), "E03"),
        (Criterion(id=B, name="覆盖", points="5"), "E04"),
    ],
)
def test_a_rubric_that_cannot_be_scored_is_refused(criterion: Criterion, code: str) -> None:
    one = Evaluation(
        campaign="2011-36",
        title="考评",
        as_of=dt.date(2011, 12, 20),
        criteria=(Criterion(id=A, name="覆盖", points="60"), criterion),
    )
    assert code in codes(one)
