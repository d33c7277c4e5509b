"""报送单位登记 as a person sees it: this computer's standing, and who else is registered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.documents.drawing.target import Out
from app.documents.forms.invitation_letter import InvitationLetter, invitation_letter
from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.exchange.enrol import read_enrol
from app.exchange.keys import PublicKey, check_code
from app.exchange.packagereader import inspect_package, open_package
from app.exchange.trust import Trust, TrustWriter
from app.services.office.duties import needs
from app.services.office.office import Office, copied_elsewhere
from app.services.packages.kept_files import cause_of
from app.services.packages.trust_store import trust_now, trust_of
from app.services.receiving.take_package import Account, changes_of, take_in
from app.services.records.units import everyone, name_of, require_unit
from app.services.registering.enable_code import CLOSED, wrong_code
from app.services.registering.enrolment import Invitation
from database.books import settings
from database.log import packages
from database.store.engine import Connection


@dataclass(frozen=True, slots=True)
class Computer:
    """One computer of the trust document, with the 核对码 of its key."""

    writer: str
    station: str
    station_name: str
    in_use: bool
    check_code: str
    supersedes: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How this computer is registered.

    `copied` when it must become a new writer before it sends again, `replaces` the
    writer it stands in the place of until it is enrolled, `city_check_code` empty
    before the 启用包, `computers` all that the city has registered: at the city of
    every office, elsewhere of one's own.
    """

    unit: str
    writer: str
    pc: int
    check_code: str
    enabled: bool
    enrolled: bool
    in_use: bool
    copied: bool
    replaces: str
    city_check_code: str
    version: int
    computers: tuple[Computer, ...]


def standing(office: Office) -> Standing:
    """How this computer is registered, and the others."""
    own = own_check_code(office)
    copied = copied_elsewhere(office)
    with office.store.read() as connection:
        trust = trust_of(connection)
        me = trust.writer(office.identity.writer) if trust else None
        return Standing(
            unit=name_of(connection, office.identity.station),
            writer=office.identity.writer,
            pc=office.identity.pc,
            check_code=own,
            enabled=trust is not None,
            enrolled=me is not None,
            in_use=me is not None and me.in_use,
            copied=copied,
            replaces=(settings.get(connection, "supersedes", str) or "") if me is None else "",
            city_check_code=trust.check_code if trust else "",
            version=trust.version if trust else 0,
            computers=tuple(_computers(office, connection, trust)),
        )


def _computers(office: Office, connection: Connection, trust: Trust | None) -> Iterable[Computer]:
    here = office.identity.station
    for one in trust.document.writers if trust else ():
        if office.is_city or one.station == here:
            yield _computer(connection, one)


def _computer(connection: Connection, one: TrustWriter) -> Computer:
    return Computer(
        one.writer,
        one.station,
        name_of(connection, one.station),
        one.in_use,
        check_code(PublicKey.from_text(one.signing_key)),
        one.supersedes or "",
    )


@dataclass(frozen=True, slots=True)
class Asking:
    """A request to be registered, as it is compared by telephone before it is approved."""

    file: Path
    writer: str
    station: str
    station_name: str
    check_code: str
    supersedes: str
    known: bool
    """Whether that computer is registered already."""


def look_at(office: Office, file: Path) -> Asking:
    """Read a request without taking it in; raises `Refused`, `EnvironmentProblem`."""
    with office.store.read() as connection:
        trust = trust_of(connection)
        with open_package(file, trust=trust, identities=office.age_identities) as package:
            if package.header.kind != "enrol":
                raise UserError(
                    "NOT_A_REQUEST",
                    f"“{file.name}”不是登记申请。",
                    remedy="请选择报送单位交来的登记申请文件。",
                )
            asked = read_enrol(package)
            signer = package.signer
        return Asking(
            file,
            f"{asked.station}-{signer.key_id[:8]}",
            asked.station,
            name_of(connection, asked.station),
            check_code(signer),
            asked.supersedes or "",
            trust is not None and trust.signer(signer) is not None,
        )


def waiting(office: Office) -> list[Asking]:
    """The requests that came by 收件 and were not approved yet, the latest first."""
    with office.store.read() as connection:
        rows = packages.find(connection, direction="in", kind="enrol")
        trust = trust_of(connection)
    known = {one.writer for one in trust.document.writers} if trust else set()
    kept = (row for row in rows if row.file and cause_of(office, row) is None)
    newest = {row.writer: row for row in kept if row.writer not in known}
    return [look_at(office, office.kept.inbox(str(row.file))) for row in newest.values()][::-1]


def stations_to_invite(office: Office) -> list[tuple[str, str]]:
    """Code and name of every office the city may invite, in official order."""
    with office.store.read() as connection:
        here = office.identity.station
        known = (one for one in everyone(connection) if one.code != here)
        day = office.today()
        return [(one.code, one.name) for one in known if (one.valid_to or day) >= day]


def print_invitation(office: Office, station: str, made: Invitation, out: Out) -> int:
    """Print the 启用函 that goes with a 启用包; returns its pages."""
    with office.store.read() as connection:
        letter = InvitationLetter(
            sender=name_of(connection, office.identity.station),
            unit=require_unit(connection, station).name,
            unit_code=station,
            made_on=office.today(),
            enable_code=made.enable_code,
            check_code=made.check_code,
            files=[file.name for file in made.files],
        )
    return invitation_letter(letter, out)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the city's files brought; `changes` are the records that came with them."""

    accounts: tuple[Account, ...]

    @property
    def changes(self) -> Changes:
        """What pages to redraw."""
        return changes_of(self.accounts)

    @property
    def refused(self) -> Sequence[Account]:
        """Those that were not taken."""
        good = ("merged", "recorded", "duplicate")
        return [one for one in self.accounts if one.state not in good]


@needs("register")
def load(office: Office, place: Path, *, enable_code: str = "", check: str = "") -> Loaded:
    """Take in the city's trust document and reference data from a file or a folder.

    `enable_code` and `check` (启用码, 核对码 of the city) are needed for the first ones
    only. Raises `UserError` ENABLE_CODE, CODE_NEEDED, CODE_DIFFERS, NO_CITY_FILES,
    `EnvironmentProblem`.
    """
    if not check and trust_now(office) is None:
        raise UserError(
            "CODE_NEEDED",
            "没有输入市总工会的核对码。",
            remedy="请照启用函输入，或打电话问市总工会。",
        )
    files = sorted(place.glob("*.zfpkg")) if place.is_dir() else [place]
    kinds = {file: inspect_package(file).header.kind for file in files}
    wanted = [file for file in files if kinds[file] in ("trust", "reference", "restore")]
    if not wanted:
        raise UserError(
            "NO_CITY_FILES",
            "这里没有市总工会的启用包或登记文件。",
            remedy="请选择市总工会交来的文件，或它们所在的文件夹。",
        )
    in_order = sorted(wanted, key=lambda file: (kinds[file] != "trust", file.name))
    accounts = [
        take_in(office, file, passphrase=enable_code or None, code=check or None)
        for file in in_order
    ]
    if enable_code and any(account.code == CLOSED for account in accounts):
        raise wrong_code()
    return Loaded(tuple(accounts))


def own_check_code(office: Office) -> str:
    """核对码: the city's own for its 启用函, elsewhere that of this computer."""
    trust = trust_now(office)
    if office.is_city and trust is not None:
        return trust.check_code
    return check_code(office.signing_key.public)
