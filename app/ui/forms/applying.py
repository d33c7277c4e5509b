"""Fields that have nothing to say of this record are out of the way until another field says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.domain.kernel.fields import Applies
from app.ui.forms.form_cell import FormCell

_EMPTY: tuple[object, ...] = (None, "", [], ())


class Applying:
    """Watches the fields that others hang on; `arrange` is called when one comes or goes."""

    def __init__(self, cells: Mapping[str, FormCell], arrange: Callable[[], None]) -> None:
        self._arrange = arrange
        self._hanging: list[tuple[FormCell, FormCell, Applies]] = []
        for cell in cells.values():
            applies = cell.spec.field.applies
            if applies is not None and applies.field in cells:
                self._hanging.append((cell, cells[applies.field], applies))
        for deciding in {id(one): one for _, one, _ in self._hanging}.values():
            deciding.editor.changed.connect(self.look)

    def look(self) -> None:
        """Show what applies, and what is filled in whether it applies or not."""
        changed = False
        for cell, deciding, applies in self._hanging:
            now = applies.holds(deciding.editor.typed()) or cell.editor.typed() not in _EMPTY
            changed = changed or now != cell.applies
            cell.applies = now
        if changed:
            self._arrange()
