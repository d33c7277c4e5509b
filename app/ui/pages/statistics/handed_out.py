"""What of 统计 can be taken along, and by which files of the services."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from app.documents.drawing.target import Out
from app.services.evaluating import evaluation_letter, sheet_letter
from app.services.evaluating.evaluation_seen import EvaluationSeen
from app.services.evaluating.result_sheets import SheetSeen
from app.services.figures import (
    indicator_files,
    leaders_share,
    rate_sheets,
    tally_files,
    target_board_files,
    totals_files,
)
from app.services.figures.indicators import IndicatorsView
from app.services.figures.issued_totals import Shown
from app.services.figures.leaders_share import LeadersShare
from app.services.figures.rate_sheets import RateSheet
from app.services.figures.tallies import TallyView
from app.services.figures.target_board_files import BoardSheet
from app.services.office.letter_file import write_paper, write_word
from app.services.office.office import Office
from app.ui.printing.paper_panel import Render

Table = Shown | TallyView | IndicatorsView | BoardSheet | RateSheet | LeadersShare
Letter = EvaluationSeen | SheetSeen


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A table to be taken along: its name, how it becomes a workbook, how a paper."""

    name: str
    write: Callable[[Path], Path]
    render: Render
    advice: str = ""
    ending: str = ".xlsx"
    """Of the file that `write` makes."""


def handed_out(office: Office, shown: Table | Letter) -> HandedOut:
    """A table as it is shown, to be written or printed; an 考评 as its 通报."""
    if isinstance(shown, EvaluationSeen | SheetSeen):
        return _letter(office, shown)
    files = _FILES[type(shown)]
    return HandedOut(
        files.file_name(shown, ""),
        partial(files.write_sheet, office, shown),
        partial(files.write_paper, office, shown),
        _ADVICE if isinstance(shown, Shown) else "",
    )


def _letter(office: Office, shown: Letter) -> HandedOut:
    if isinstance(shown, EvaluationSeen):
        file, advice = evaluation_letter.letter_file(shown), "" if shown.issued else _TO_ISSUE
    else:
        file, advice = sheet_letter.letter_file(shown), ""
    return HandedOut(
        file.name,
        partial(write_word, office, file),
        partial(write_paper, office, file),
        advice,
        ".docx",
    )


class _Files(Protocol):
    """What a module that writes tables of one class offers."""

    def file_name(self, shown: Any, suffix: str, /) -> str: ...

    def write_sheet(self, office: Office, shown: Any, out: Path, /) -> Path: ...

    def write_paper(self, office: Office, shown: Any, out: Out, /) -> int: ...


_FILES: Mapping[type, _Files] = {
    Shown: totals_files,
    TallyView: tally_files,
    IndicatorsView: indicator_files,
    BoardSheet: target_board_files,
    RateSheet: rate_sheets,
    LeadersShare: leaders_share,
}
_TO_ISSUE = "还没有定稿，印出来的是得分表，供核对；定稿以后印通报。"
_ADVICE = "印出来由单位负责人、审核和填表人签字。"
