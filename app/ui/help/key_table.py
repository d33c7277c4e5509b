"""Tables of keys for the help, made from the keys themselves."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from app.ui import keys
from app.ui.keys import Action, Key, hints_for


def all_keys() -> str:
    """Every key that means the same on every page."""
    return _table(found for found in vars(keys).values() if isinstance(found, Key))


def keys_here(window: QWidget, focused: QWidget | None) -> str:
    """A chapter with the keys that can be pressed now; nothing where there are none."""
    actions = [
        action.key(action.text())
        for action in window.findChildren(Action)
        if action.isEnabled() and action.isVisible() and action.key.shown and _is_heard(action)
    ]
    known: dict[str, Key] = {}
    for key in (*hints_for(focused), *actions):
        known.setdefault(key.shown, key)
    return f"\n\n## 现在能用的按键\n\n{_table(known.values())}" if known else ""


def _is_heard(action: Action) -> bool:
    owner = action.parent()
    return isinstance(owner, QWidget) and owner.isVisible()


def _table(shown: Iterable[Key]) -> str:
    rows = [f"| `{key.shown}` | {key.words} |" for key in shown]
    return "\n".join(["| 按键 | 作用 |", "|---|---|", *rows])
