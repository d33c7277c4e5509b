"""Where the sealed recovery code (恢复码) lies, so that a successor finds it; and its sheet."""

from __future__ import annotations

import msgspec

from app.documents.drawing.target import Out
from app.documents.forms.recovery_sheet import RecoverySheet, recovery_sheet
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.office.seen_base import require_seen
from app.services.people.paper_names import computer_name, operator_name
from app.services.records.units import name_of
from database.books import settings

_NAME = "recovery_place"


class RecoveryPlace(msgspec.Struct, frozen=True):
    """Where the sheet is and who keeps it; `renewed` is the day the code was made, if known."""

    place: str = ""
    keeper: str = ""
    renewed: str = ""

    @property
    def words(self) -> str:
        """For lists and paper: 办公室保险柜，付志勇保管; empty while nothing is noted."""
        keeper = f"{self.keeper}保管" if self.keeper else ""
        return "，".join(filter(None, (self.place, keeper)))


def recovery_place(office: Office) -> RecoveryPlace:
    """What was noted last."""
    with office.store.read() as connection:
        return settings.get(connection, _NAME, RecoveryPlace) or RecoveryPlace()


@needs("keys")
def note_recovery_place(
    office: Office, place: str, keeper: str, base: RecoveryPlace | None = None
) -> RecoveryPlace:
    """Note where the sheet was put, and who keeps it; `base` is what was seen noted before.

    Raises `UserError` CHANGED_MEANWHILE.
    """
    with office.store.write() as connection:
        known = settings.get(connection, _NAME, RecoveryPlace) or RecoveryPlace()
        require_seen(known, base, "恢复码放在哪里", now=known.words)
        noted = RecoveryPlace(place.strip(), keeper.strip(), known.renewed)
        settings.put(connection, _NAME, noted)
    return noted


def forget_recovery_place(office: Office) -> None:
    """There is a new code from today on, and nobody has said yet where its sheet is."""
    with office.store.write() as connection:
        settings.put(connection, _NAME, RecoveryPlace(renewed=office.today().isoformat()))


def print_recovery_sheet(office: Office, code: str, out: Out) -> int:
    """Print the sheet with a code that was just made; returns its pages."""
    with office.store.read() as connection:
        sheet = RecoverySheet(
            office=name_of(connection, office.identity.station),
            computer=computer_name(office),
            operator=operator_name(connection, office.operator),
            made_on=office.today(),
            code=code,
        )
    return recovery_sheet(sheet, out)
