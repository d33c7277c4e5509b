"""Every record type has its page, its form and its help."""

from __future__ import annotations

import pytest

from app.domain.kernel.fields import by_name
from app.domain.records import Record
from app.domain.records.facts import Part
from app.domain.records.registry import begun_from, shown, standing_around
from app.ui.forms.layouts import LAYOUTS
from app.ui.forms.layouts.shape import cell
from app.ui.icons import icon
from app.ui.pages.records.kind import HISTORY
from app.ui.pages.records.kinds import kind_of
from app.ui.theme import RESOURCES
from tests.ui.pages.at_work import AtWork

WITH_PAGE = pytest.mark.parametrize("record_type", shown(), ids=[one.type_name for one in shown()])


@WITH_PAGE
def test_a_page_is_opened_from_the_navigation(at_work: AtWork, record_type: type[Record]) -> None:
    place = record_type.facts.place
    assert place is not None
    page = at_work.go(place.name, record_type.type_name)
    assert record_type.type_name in at_work.shell.held_here
    page.begin_record(record_type.type_name, {})
    at_work.rest()
    assert page.form.cells().keys() >= {
        name
        for name, spec in by_name(record_type).items()
        if spec.field.required and not spec.field.hidden
    }


@WITH_PAGE
def test_a_page_has_its_sign_its_cards_and_its_form(record_type: type[Record]) -> None:
    kind = kind_of(record_type)
    assert not icon(kind.sign).isNull()
    titles = [third.title for third in kind.thirds]
    assert titles[-1] == HISTORY
    assert (record_type.facts.timeline in titles) == bool(standing_around(record_type))
    assert {one.record_type for one in kind.nexts} == {one for one, _ in begun_from(record_type)}
    assert len({one.key.shown for one in kind.nexts}) == len(kind.nexts)
    layout = LAYOUTS[record_type]
    parts = [line for group in layout.groups for line in group.lines] + list(layout.short)
    cells = [cell(one) for part in parts for one in (part if isinstance(part, tuple) else (part,))]
    assert {one.name for one in cells} <= by_name(record_type).keys()


@WITH_PAGE
def test_a_page_has_its_help(record_type: type[Record]) -> None:
    place = record_type.facts.place
    assert place is not None
    assert (RESOURCES / "help" / f"{place.name}.md").is_file()
    assert f"({place.name}.md)" in (RESOURCES / "help" / "contents.md").read_text("utf-8")


def test_no_two_types_take_one_place_in_the_navigation() -> None:
    taken = [(one.facts.place, one.facts.turn) for one in shown()]
    assert len(set(taken)) == len(taken)
    places = {place for place, _ in taken if place}
    assert len({(place.part, place.order) for place in places}) == len(places)
    assert {place.part for place in places} == set(Part)
