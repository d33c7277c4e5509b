"""The answer of an office above: reviews, decisions, what was received, reference data (R30)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Cancel, Progress, silent
from app.domain.merging.ownership import station_of
from app.domain.records import Notice, ScoreSheet, UpdatePart
from app.exchange.envelope import EVERYONE
from app.exchange.kinds import CARRIES
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.packages import forwarding, sealing
from app.services.packages.sealing import refuse_copied
from app.services.records.units import require_unit, subordinates, superiors
from app.services.reviewing import drafts_list, hints, notices, paper_notices, score_sheets
from app.services.reviewing.told_words import SPOKEN, is_hint, speaks_to, tells_of_paper
from database.log import packages
from database.log.unsent_revisions import Sealable
from database.store.engine import Connection

_HINT, _PAPER = "hint", "paper"


@dataclass(frozen=True, slots=True)
class Answer:
    """All files the office has not confirmed, and how many words and notices are new.

    `reviews` are 审核意见 and decisions, `notices` what the city tells of its visits, `papers` of
    how many records it tells anew which signed paper came, and
    `hinted` says whether what others have is told anew; `waiting` are words that 负责人 has not
    confirmed, and that are not in it; `sheets` are the 考评结果 that are new or changed;
    with a `newer_program` an update goes down for the first time.
    """

    files: tuple[Path, ...]
    reviews: int
    notices: int
    hinted: bool = False
    waiting: int = 0
    sheets: int = 0
    papers: int = 0
    newer_program: bool = False


@needs("answer")
def answer(
    office: Office,
    station: str,
    out: Path,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Answer:
    """Write the answer to one office.

    One package holds all reviews and decisions for it, where the city was (R37), and says what
    was received;
    reference data changed since goes out beside it, to everyone. A county passes on
    what the city gave out. Raises `UserError` UNKNOWN_UNIT, OWN_OFFICE, NOT_BELOW.
    """
    with office.store.read() as connection:
        _require_below(office, connection, station)
    _tell(office, station)
    if office.is_city:
        given = CARRIES["reference"].types
        sealing.seal(office, EVERYONE, "reference", lambda row: row.type in given, types=given)
    told: Counter[str] = Counter()

    def wanted(row: Sealable) -> bool:
        is_theirs = speaks_to(row, station)
        told[_kind_of(row) if is_theirs else row.type] += is_theirs
        return is_theirs

    sealing.seal(
        office,
        station,
        "answer",
        wanted,
        types=SPOKEN,
        even_empty=True,
        progress=progress,
        cancel=cancel,
    )
    passed_on = {} if office.is_city else forwarding.downward(office, station)
    files = sealing.unacknowledged(office, EVERYONE, station) if office.is_city else []
    files += [*passed_on, *sealing.unacknowledged(office, station)]
    copied = sealing.copy_out(office, files, out, names=passed_on, progress=progress, cancel=cancel)
    of_visits, hinted = told.pop(Notice.type_name, 0), told.pop(_HINT, 0)
    sheets, papers = told.pop(ScoreSheet.type_name, 0), told.pop(_PAPER, 0)
    newer_program = bool(told.pop(UpdatePart.type_name, 0))
    with office.store.read() as connection:
        waiting = drafts_list.waiting_for(connection, station)
    of_words = told.total()
    return Answer(
        tuple(copied), of_words, of_visits, bool(hinted), waiting, sheets, papers, newer_program
    )


def _kind_of(row: Sealable) -> str:
    if is_hint(row):
        return _HINT
    return _PAPER if tells_of_paper(row) else row.type


def _tell(office: Office, station: str) -> None:
    """Write down what an office is told besides: its points, visits, paper, what others have."""
    refuse_copied(office)
    with office.store.write() as connection:
        score_sheets.keep_up(office, connection, station)
        if office.is_city:
            notices.keep_up(office, connection)
            paper_notices.keep_up(office, connection, station)
        hints.keep_up(office, connection, station)


def reporting(office: Office) -> list[str]:
    """The offices straight below that have reported: all of them are answered in one go."""
    with office.store.read() as connection:
        heard = {station_of(writer) for writer, _ in packages.channels(connection)}
        below = subordinates(connection, office.identity.station)
        return [unit.code for unit in below if unit.code in heard]


def _require_below(office: Office, connection: Connection, station: str) -> None:
    """An answer goes down, to an office that reports to us."""
    unit, here = require_unit(connection, station), office.identity.station
    if station == here:
        raise UserError(
            "OWN_OFFICE",
            "不能给本单位写回执。",
            why=f"回执是发给{office.below}的。",
            remedy="请选择向本单位报送的单位。",
        )
    if not office.is_city and here not in superiors(connection, station):
        raise UserError(
            "NOT_BELOW",
            f"{unit.name}不向本单位报送，不能给它写回执。",
            remedy="请选择向本单位报送的单位。",
        )
