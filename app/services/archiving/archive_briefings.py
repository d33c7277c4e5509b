"""工作简报 in the archive: every issue that was 印发, as it was printed (R50)."""

from __future__ import annotations

from app.documents.drawing.target import Target
from app.documents.letters.letter_pdf import letter_pdf
from app.domain.records import Briefing
from app.services.archiving.archive_order import Volume
from app.services.letters import briefings
from app.services.letters.briefing_letter import letter_file
from app.services.office.office import Office
from database.state import states
from database.state.filters import equal, filled, live, owned_by
from database.state.states import State
from database.store.engine import Connection


def issues(connection: Connection, campaign: str, unit: str) -> list[State[Briefing]]:
    """Those of the campaign that an office (its code) issued, in their order."""
    at = owned_by(unit), equal("campaign", campaign), filled("issued_at")
    found = states.find(connection, Briefing, live(), *at)
    return sorted(found, key=lambda one: (one.record.year or 0, one.record.issue or 0))


def add_briefings(office: Office, volume: Volume, found: list[State[Briefing]]) -> None:
    """Put them into the volume, an issue each."""
    for state in found:
        volume.step("工作简报")
        one = state.record
        day = one.dated.isoformat() if one.dated else ""
        target = Target()
        letter = letter_file(briefings.seen(office, state.id)).letter
        letter_pdf(letter, target, cancel=volume.cancel)
        volume.lacking += target.lacking
        volume.add(target.data, one.title, day)
