"""报送单位登记表: an office makes itself known to the city, on paper with its seal."""

from __future__ import annotations

import hashlib

from app.documents.drawing.target import Out
from app.documents.forms.unit_registration import UnitRegistration, unit_registration
from app.domain.codes import UNIT_KIND
from app.exchange.keys import check_code
from app.services.office.office import Office
from app.services.people.paper_names import operator_of
from app.services.records.units import name_of, reached, require_unit
from database.books import settings


def print_registration(office: Office, out: Out) -> int:
    """Print the 报送单位登记表 with the 核对码 of this PC's key; returns its pages."""
    public = office.signing_key.public
    with office.store.read() as connection:
        station = office.identity.station
        unit = reached(connection, station) or require_unit(connection, station)
        registration = UnitRegistration(
            unit=unit.name,
            unit_code=unit.code,
            unit_kind=UNIT_KIND.label_of(unit.kind),
            leader=unit.leader,
            leader_telephone=unit.leader_telephone,
            contact=unit.clerk,
            contact_telephone=unit.clerk_telephone,
            operator=operator_of(connection, office).name,
            machine=f"第{office.identity.pc}台（{office.identity.writer}）",
            made_on=office.today(),
            check_code=check_code(public),
            fingerprint=hashlib.sha256(public.blob).hexdigest(),
            replaces=settings.get(connection, "supersedes", str) or "",
            receiver=name_of(connection, office.identity.city),
        )
    return unit_registration(registration, out)
