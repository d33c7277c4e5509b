"""Which places the navigation offers an office, in their groups."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from app.ui.desk import Desk
from app.ui.forms.office_lookups import OfficeLookups
from app.ui.pages.home import Home
from app.ui.pages.records.kind import RecordKind
from app.ui.pages.records.kinds import AROUND, HELP_GIVEN, VISITS
from app.ui.pages.records.page import RecordPage
from app.ui.shell.page import Place


def sections(desk: Desk) -> Sequence[Sequence[Place]]:
    """The groups of the navigation; each page is made when it is first visited."""
    lookups = OfficeLookups(desk.office, desk.worker)

    def place(kind: RecordKind) -> Place:
        make = partial(RecordPage, desk, kind, lookups)
        return Place(kind.place, kind.title, kind.sign, make, (kind.type_name,))

    return [
        [Place("home", "首页（待办）", "house", partial(Home, desk))],
        [place(kind) for kind in (VISITS, *HELP_GIVEN)],
        [place(kind) for kind in AROUND],
    ]
