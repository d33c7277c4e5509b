"""Files dropped on a page of records: Word forms, a workbook or scans, each to its own panel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from app.services.papers import scanned_paper
from app.services.wordforms import form_files
from app.ui.importing.forms.word_panel import FORM_TYPES
from app.ui.importing.workbook_files import ENDINGS as SHEETS
from app.ui.pages.records.kind import RecordKind
from app.ui.pages.records.panels import Panels
from app.ui.pages.scanning.scan_panel import ScanPanel

_SCANS = tuple(f".{ending}" for ending in scanned_paper.ENDINGS)
Take = Callable[[Sequence[Path]], object]


class DroppedFiles:
    """Says which panel files are for: all of one kind, one workbook at a time."""

    def __init__(
        self, kind: RecordKind, panels: Panels, open_scans: Callable[[], object] | None
    ) -> None:
        self._kind, self._panels, self._open_scans = kind, panels, open_scans

    def taker(self, paths: Sequence[Path]) -> Take | None:
        """What takes these files, None where this page does not."""
        if not paths or not self._panels.at_rest:
            return None
        record_type = self._kind.record_type
        if record_type in FORM_TYPES and _all(paths, form_files.ENDINGS):
            return self._panels.open_forms
        if self._open_scans is not None and _all(paths, _SCANS):
            return self._scan
        if len(paths) == 1 and _all(paths, SHEETS):
            return self._panels.open_workbook
        return None

    def _scan(self, paths: Sequence[Path]) -> None:
        assert self._open_scans is not None
        self._open_scans()
        panel = self._panels.working
        if isinstance(panel, ScanPanel):
            panel.take(paths)


def _all(paths: Sequence[Path], endings: Sequence[str]) -> bool:
    return all(path.suffix.lower() in endings and path.is_file() for path in paths)
