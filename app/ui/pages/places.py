"""Which places the navigation offers an office, in their groups."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from app.domain.records import ScoreAppeal, ScoreSheet
from app.domain.records.facts import Part
from app.domain.records.facts import Place as RecordPlace
from app.domain.records.plan import PLANS
from app.domain.records.registry import shown
from app.ui.forms.office_lookups import OfficeLookups
from app.ui.page_context import PageContext
from app.ui.pages.home import Home
from app.ui.pages.inbox.page import Inbox
from app.ui.pages.plans.page import PlansPage
from app.ui.pages.records.kind import RecordKind
from app.ui.pages.records.kinds import kind_of
from app.ui.pages.records.page import RecordPage
from app.ui.pages.records.pair import Pair
from app.ui.pages.settings.page import SettingsPage
from app.ui.pages.statistics import StatisticsPage
from app.ui.pages.submit.page import SubmitPage
from app.ui.shell.page import Page, Place


def sections(desk: PageContext) -> Sequence[Sequence[Place]]:
    """The groups of the navigation; each page is made when it is first visited."""
    lookups = OfficeLookups(desk.office, desk.worker)
    return [
        [Place("home", "首页（待办）", "house", partial(Home, desk))],
        *(_of_records(desk, lookups, part) for part in Part),
        _between_offices(desk, lookups),
        [Place("settings", "设置", "gear-six", partial(SettingsPage, desk))],
    ]


def _of_records(desk: PageContext, lookups: OfficeLookups, part: Part) -> list[Place]:
    """The places of one part of the navigation, each with the pages of its types."""
    held: dict[RecordPlace, list[RecordKind]] = {}
    for record_type in shown():
        place = record_type.facts.place
        if place is not None and place.part is part:
            held.setdefault(place, []).append(kind_of(record_type))
    return [
        Place(
            place.name,
            place.title,
            kinds[0].sign,
            partial(_page, desk, kinds, lookups),
            tuple(kind.record_type.type_name for kind in kinds),
        )
        for place, kinds in held.items()
    ]


def _between_offices(desk: PageContext, lookups: OfficeLookups) -> list[Place]:
    """What goes up and comes from below, as far as the office has it."""
    places = {
        "statistics": Place(
            "statistics",
            "统计",
            "chart-bar",
            partial(StatisticsPage, desk),
            (ScoreSheet.type_name, ScoreAppeal.type_name),
        ),
        "submit": Place("submit", "报送", "paper-plane-tilt", partial(SubmitPage, desk)),
        "inbox": Place("inbox", "收件", "tray", partial(Inbox, desk, lookups)),
    }
    roles = {"submit": ("county", "township"), "inbox": ("city", "county")}
    role = desk.office.identity.role
    return [place for name, place in places.items() if role in roles.get(name, (role,))]


def _page(desk: PageContext, held: Sequence[RecordKind], lookups: OfficeLookups) -> Page:
    if held[0].record_type.facts.place == PLANS:
        return PlansPage(desk, held, lookups)
    if len(held) == 1:
        return RecordPage(desk, held[0], lookups)
    return Pair(desk, held, lookups)
