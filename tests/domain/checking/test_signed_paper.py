"""Whether all pages of a form came."""

from __future__ import annotations

import pytest

from app.domain.checking.signed_paper import (
    CAME,
    TRAY,
    PageThere,
    Standing,
    has_come,
    missing_pages,
)


@pytest.mark.parametrize(
    ("there", "missing", "came"),
    [
        ([], (), False),
        ([(1, 1)], (), True),
        ([(0, 0)], (), True),
        ([(1, 2)], (2,), False),
        ([(1, 2), (0, 0)], (2,), False),
        ([(2, 3)], (1, 3), False),
        ([(2, 2), (1, 2), (1, 2)], (), True),
    ],
)
def test_a_form_has_come_with_its_last_page(
    there: list[tuple[int, int]], missing: tuple[int, ...], came: bool
) -> None:
    pages = [PageThere(*one) for one in there]
    assert missing_pages(pages) == missing
    assert has_come(pages) is came


def test_every_page_is_with_its_record_or_waits_or_ticks_what_came() -> None:
    assert {*CAME, *TRAY, Standing.TICKED} == set(Standing)
    assert Standing.TICKED not in {*CAME, *TRAY}
    assert not {*CAME} & {*TRAY}
