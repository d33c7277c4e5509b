"""How the data is opened for the window: by whom, with what, and what its frame says of it.

As little is loaded as in `app.bootstrap`; that is why imports stand inside the functions here.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.services.office.office import Office
    from app.ui.start.people import Person
    from app.ui.wiring import Opened

ROLES = {"city": "汇总单位", "county": "填报单位", "township": "乡镇（街道）"}


def people_in(folder: Path) -> Sequence[Person]:
    """Who can open the data; raises as `services.office.office.require_data`."""
    from app.services.office.folder import Folder
    from app.services.office.keyring import Keyring
    from app.services.office.office import require_data
    from app.ui.start.people import Person

    require_data(folder)
    return [Person(one.id, one.name) for one in Keyring.open(Folder(folder).keyring).operators]


def open_office_at(folder: Path, operator: str, passphrase: str) -> Opened:
    """The office, and what its frame says; raises as `services.office.office.open_office`."""
    from app.services.office.office import open_office

    return opened(open_office(folder, passphrase, operator=operator))


def recover_office_at(folder: Path, operator: str, code: str, passphrase: str) -> Opened:
    """As above, by recovery code; raises as `services.people.recovery.open_with_recovery_code`."""
    from app.services.people.recovery import open_with_recovery_code

    return opened(open_with_recovery_code(folder, code, operator, passphrase))


def opened(office: Office) -> Opened:
    """What the frame says of an office that is open."""
    from app.domain.codes.office import DUTY
    from app.domain.records import Operator
    from app.services.packages.trust_store import trust_now
    from app.services.records.form_saving import drop_saved
    from app.services.records.saving import show
    from app.services.records.units import name_of
    from app.services.starting.demonstration import on_its_day
    from app.services.updating.looking import keep_signers
    from app.ui.shell.page import Who
    from app.ui.wiring import Opened

    keep_signers(trust_now(office))
    if not office.read_only:
        drop_saved(office)
    office = on_its_day(office)
    with office.store.read() as connection:
        name = name_of(connection, office.identity.station)
    person = show(office, Operator, office.operator).record
    assert isinstance(person, Operator)
    held = "、".join(DUTY.label_of(one) for one in person.duties) or "经办人"
    duty = "全部职责" if len(person.duties) == len(DUTY) else held
    demo = office.identity.demo
    shown = f"演示　{name}" if demo else name
    return Opened(office, Who(shown, person.name, duty), ROLES[office.identity.role], demo)
