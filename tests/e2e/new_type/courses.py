"""培训班."""

from __future__ import annotations

from app.ui.forms.layouts.shape import BEHIND, COMMON, Cell, Group, Layout

COURSE = Layout(
    (
        Group(
            "培训班",
            (
                Cell("subject", wide=True),
                ("held_on", "host"),
                Cell("chairs", wide=True),
                Cell("agreed", wide=True),
            ),
        ),
        Group(BEHIND, COMMON),
    )
)
