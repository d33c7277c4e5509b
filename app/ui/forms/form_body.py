"""What stands in a form, read as a record's body; the same for drafts and for what changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from app.domain.checking.checks import Finding, Severity
from app.domain.kernel.errors import UserError

_EMPTY: tuple[Any, ...] = (None, "", [], (), {})


class Kept(Protocol):
    """What holds the value of one field, seen from the body: see `FieldEditor`."""

    def load(self, value: Any) -> None:
        """Show a stored value, None for an empty field."""

    def put(self, typed: Any) -> None:
        """Show what was typed elsewhere."""

    def value(self) -> Any:
        """The JSON-able value; raises `UserError`."""

    def typed(self) -> Any:
        """The value, or the raw text where it cannot be read yet."""

    def commit(self) -> None:
        """Put in what an input method still holds."""


class FormBody:
    """The editors of one form by field name, and the body they were given.

    Members that no editor shows (the owner, accepted 提醒, what a newer version of
    the program added) stay as they were, and so do those that are `shown` and not keyed.
    """

    def __init__(
        self, editors: Mapping[str, Kept], extra: frozenset[str], shown: Mapping[str, Kept]
    ) -> None:
        self.editors = editors
        self._shown = shown
        self._extra = extra
        self._loaded: dict[str, Any] = {}
        self._base: dict[str, Any] = {}
        self.problems: list[Finding] = []

    def load(self, body: Mapping[str, Any]) -> None:
        """Show a body; it is what `changes` compares with."""
        self._loaded = dict(body)
        extra = body.get("extra", {})
        for name, editor in self.editors.items():
            editor.load((extra if name in self._extra else body).get(name))
        for name, editor in self._shown.items():
            editor.load(extra.get(name))
        self._base = self.typed()

    @property
    def loaded(self) -> Mapping[str, Any]:
        """The body that was given."""
        return self._loaded

    def body(self) -> dict[str, Any]:
        """The body that stands here; `problems` then tell what could not be read."""
        for editor in self.editors.values():
            editor.commit()
        kept = {n: v for n, v in self._loaded.items() if n not in self.editors and n != "extra"}
        extra = {n: v for n, v in self._loaded.get("extra", {}).items() if n not in self._extra}
        self.problems = []
        for name, editor in self.editors.items():
            value = self._value(name, editor)
            if value not in _EMPTY:
                (extra if name in self._extra else kept)[name] = value
        return kept | ({"extra": extra} if extra else {})

    def _value(self, name: str, editor: Kept) -> Any:
        try:
            return editor.value()
        except UserError as error:
            said = f"{error.what}{error.why}"
            finding = Finding("ENTRY", Severity.ERROR, said, name, error.remedy)
            self.problems.append(finding)
            return None

    def typed(self) -> dict[str, Any]:
        """What was typed so far, readable or not, by field name; empty fields are left out."""
        typed = {name: editor.typed() for name, editor in self.editors.items()}
        return {name: value for name, value in typed.items() if value not in _EMPTY}

    def restore(self, typed: Mapping[str, Any]) -> None:
        """Show what was typed before (a draft) over what was loaded."""
        for name, editor in self.editors.items():
            if typed.get(name) != self._base.get(name):
                editor.put(typed.get(name))

    def changes(self) -> dict[str, Any]:
        """What differs from what was loaded; None for a field that was emptied."""
        now = self.typed()
        names = [name for name in self.editors if now.get(name) != self._base.get(name)]
        return {name: now.get(name) for name in names}
