"""Which places the navigation offers an office, in their groups."""

from __future__ import annotations

from collections.abc import Sequence

from app.ui.desk import Desk
from app.ui.pages.home import Home
from app.ui.shell.page import Place


def sections(desk: Desk) -> Sequence[Sequence[Place]]:
    """The groups of the navigation; each page is made when it is first visited."""
    return [[Place("home", "首页（待办）", "house", lambda: Home(desk))]]
