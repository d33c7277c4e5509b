"""Fields of which the value is typed as text, on one line or on many, and may be masked."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import FieldSpec
from app.domain.values.masking import masked
from app.ui.fields.editor import FieldEditor
from app.ui.fields.suggestion import Surroundings


class TypedText(FieldEditor):
    """A field that holds a text; while it is masked the text is kept beside what is shown."""

    def __init__(self, spec: FieldSpec, around: Surroundings) -> None:
        super().__init__(spec, around)
        self._loaded: Any = None
        self._loaded_text = ""
        self._covered: str | None = None

    @abstractmethod
    def _standing(self) -> str:
        """What the widget shows."""

    @abstractmethod
    def _show(self, text: str) -> None:
        """Let the widget show a text."""

    def shown(self, value: Any) -> str:
        """The text of a stored value."""
        return str(value)

    def text(self) -> str:
        """What stands in the field, under a mask too."""
        return self._standing() if self._covered is None else self._covered

    def load(self, value: Any) -> None:
        self._set_text("" if value is None else self.shown(value))
        self._loaded, self._loaded_text = value, self.text()

    def put(self, typed: Any) -> None:
        try:
            value = self._read(typed)
        except UserError:
            self._set_text(str(typed))
        else:
            self._set_text("" if value is None else self.shown(value))

    def value(self) -> Any:
        text = self.text()
        if self._loaded is not None and text == self._loaded_text:
            return self._loaded
        return self._read(self._readable(text))

    def raw(self) -> Any:
        return self.text()

    def set_masked(self, hide: bool) -> None:
        if hide and self._covered is None:
            self._covered = self._standing()
            self._show(masked(self._covered))
        elif not hide and self._covered is not None:
            text, self._covered = self._covered, None
            self._uncover(text)
        super().set_masked(hide)

    @abstractmethod
    def _uncover(self, text: str) -> None:
        """Let the widget show the text again; nobody changed it."""

    def _readable(self, text: str) -> object:
        return text

    def _set_text(self, text: str) -> None:
        if self._covered is not None:
            self._covered, text = text, masked(text)
        self._show(text)

    def _on_text(self) -> None:
        if self._covered is None:
            self.note_changed.emit(self.note())
            self.changed.emit()
