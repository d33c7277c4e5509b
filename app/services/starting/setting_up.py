"""First start: a data folder with its keys, the shipped records, the first operator."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from app.domain.codes.office import DUTY
from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Cancel
from app.domain.merging.ownership import Standpoint, new_record_id
from app.domain.records import TYPES, Operator, body_of
from app.exchange.files import words_for
from app.exchange.keys import SigningKey, new_age_key, writer_name
from app.services.office import folder_lock, folder_swap, private_keys, small_files
from app.services.office.clock import Clock, wall_clock
from app.services.office.folder import STAGED, Folder, tidy
from app.services.office.keyring import Cost, Keyring
from app.services.office.machine import machine_marker
from app.services.office.office import Identity, Office, open_with_key
from app.services.office.passphrases import require_firm
from app.services.office.private_keys import Secrets
from app.services.office.server_place import Agreed, Sign, put_sign, vacant, wished, write_notes
from app.services.packages.trust_issuing import found_trust
from app.services.packages.writer_replacement import place_among_computers, replace_in
from app.services.receiving.known_fields import note_known
from app.services.receiving.take_package import Account, take_in
from app.services.records import record_folding
from app.services.records.append_revision import write
from app.services.records.units import require_unit, unit_of
from app.services.registering.enable_code import CLOSED, wrong_code
from database.books import settings
from database.log import revisions
from database.log.revisions import StoredRevision
from database.reference.preset import preset
from database.state import states
from database.store import attachments
from database.store.engine import Connection, Store
from database.store.server_note import Server
from database.upkeep import migrate

RESOURCES = Path(__file__).resolve().parents[3] / "resources"

ROLE_KINDS = {
    "city": {"city"},
    "county": {"county", "hitech", "scenic", "system", "enterprise"},
    "township": {"township"},
}
"""Which kinds of reporting unit (R2) take each role."""


@dataclass(frozen=True)
class Founded:
    """A new office, the recovery code to print, and what the 启用包 brought."""

    office: Office
    recovery_code: str
    accounts: tuple[Account, ...]


def found(
    root: Path,
    *,
    role: str,
    station: str,
    operator: str,
    passphrase: str,
    root_passphrase: str | None = None,
    enable: Sequence[Path] = (),
    enable_code: str | None = None,
    check_code: str | None = None,
    computer: int = 1,
    clock: Clock = wall_clock,
    cost: Cost | None = None,
    cancel: Cancel | None = None,
    beside: bool = False,
    demo: bool = False,
    server: Server | None = None,
) -> Founded:
    """Set a data folder up; it appears only when it is complete.

    `enable` are the files of the 启用包, `enable_code` the 启用码 on the sealed
    letter, `check_code` the city's 核对码 as heard. `beside` lets the folder hold other
    things than data (what the window keeps there); `demo` makes an office of the
    demonstration; on a `server` (or the one of ZOUFANG_DATABASE_URL) lie the records instead of
    in the folder. Raises `UserError` FOLDER_IN_USE, SERVER_TAKEN, ROLE_DIFFERS, UNKNOWN_UNIT,
    PASSPHRASE_TOO_SHORT, CODE_DIFFERS; `EnvironmentProblem` IN_USE; `Cancelled`.
    """
    require_firm(passphrase, (operator, station))
    if root_passphrase is not None:
        require_firm(root_passphrase, (operator, station))
    plan = _Plan(
        role, station, operator, passphrase, root_passphrase or passphrase, computer,
        tuple(enable), enable_code, check_code, demo, None if demo else server or wished(),
    )  # fmt: skip
    made_here = not root.exists()
    try:
        with folder_lock.replacing(root, "init"):
            folder_swap.complete(root)
            tidy(root)
            _require_unused(root, beside=beside)
            made = _stage(Folder(root / STAGED), plan, clock, cost, cancel or Cancel())
            folder_swap.swap(root, "", ())
    except BaseException:  # also Ctrl+C: what was begun is not left for a data folder
        if made_here:
            with suppress(OSError):
                root.rmdir()
        raise
    office = open_with_key(Folder(root), made.key, made.operator, clock)
    return Founded(office, made.recovery_code, made.accounts)


def _require_unused(root: Path, *, beside: bool) -> None:
    others = [path for path in root.iterdir() if path.name not in folder_lock.NAMES]
    if not Folder(root).is_new or (others and not beside):
        raise UserError("FOLDER_IN_USE", f"“{root}”里已经有内容。", remedy="请换一个空的文件夹。")


def _take_place(office: Office) -> None:
    """Another computer of a known office, or one in the place of a lost one, has its own 编号.

    The unit may be one that came with the 启用包.
    """
    with office.store.write() as connection:
        _require_role(connection, office.identity.role, office.identity.station)
        pc = place_among_computers(connection, office.identity)
        if office.identity.role != "city":
            settings.put(connection, "identity", replace_in(office.identity, pc=pc))


def _require_taken(accounts: Sequence[Account], *, with_code: bool) -> None:
    for account in accounts:
        if with_code and account.code == CLOSED:
            raise wrong_code()
        if account.state not in ("merged", "recorded"):
            raise UserError(account.code, account.sentence, remedy=account.remedy)


@dataclass(frozen=True, slots=True)
class _Plan:
    """Whose office it will be, and what comes with the 启用包."""

    role: str
    station: str
    operator: str
    passphrase: str
    root_passphrase: str
    computer: int
    enable: tuple[Path, ...]
    enable_code: str | None
    check_code: str | None
    demo: bool
    server: Server | None


class _Made(NamedTuple):
    """What a staged folder was made with."""

    key: bytes
    operator: str
    recovery_code: str
    accounts: tuple[Account, ...]


def _stage(folder: Folder, plan: _Plan, clock: Clock, cost: Cost | None, watch: Cancel) -> _Made:
    """A complete folder that is nobody's yet; what was stopped leaves none."""
    try:
        with words_for(folder.root):
            for place in (folder.root, folder.outbox, folder.inbox):
                place.mkdir(parents=True, mode=0o700)
        if plan.server is None:
            return _made(folder, plan, clock, cost, watch)
        write_notes(folder, plan.server, with_root=plan.role == "city")
        with vacant(folder, plan.server):
            return _made(folder, plan, clock, cost, watch)
    except BaseException:  # also Ctrl+C: half an office must not be found at the next start
        shutil.rmtree(folder.root, ignore_errors=True)
        raise


def _made(folder: Folder, plan: _Plan, clock: Clock, cost: Cost | None, watch: Cancel) -> _Made:
    first, key, code = _build(folder, plan, clock, cost)
    with closing(first):
        watch.check()
        if plan.role == "city":
            _found_city(first, plan.root_passphrase)
        accounts = [
            take_in(first, path, passphrase=plan.enable_code, code=plan.check_code, cancel=watch)
            for path in plan.enable
        ]
        _require_taken(accounts, with_code=plan.enable_code is not None)
        _take_place(first)
        watch.check()
        if plan.server:
            with first.store.write() as connection:
                put_sign(connection, sign_for(first, connection, plan.operator, "在服务器上建立"))
    with suppress(OSError):
        folder.receiving.unlink(missing_ok=True)
    return _Made(key, first.operator, code, tuple(accounts))


def sign_for(
    office: Office,
    connection: Connection,
    person: str,
    before: Literal["搬到服务器", "在服务器上建立"],
) -> Sign:
    """What says on a server that this office's data is whole there, and that a person agreed."""
    unit, now = unit_of(connection, office.identity.station), office.now()
    agreed = Agreed(person, now, before)
    return Sign(office.identity.station, unit.name if unit else "", now, (agreed,))


def _build(
    folder: Folder, plan: _Plan, clock: Clock, cost: Cost | None
) -> tuple[Office, bytes, str]:
    person = new_record_id(int(clock().timestamp() * 1000), os.urandom(10), plan.station)
    made = Keyring.create(folder.keyring, person, plan.operator, plan.passphrase, cost=cost)
    migrate.upgrade(folder.store, made.key)
    store = Store(folder.store, made.key)
    with store.write() as connection:
        city = _load_preset(connection)
        if not plan.enable or unit_of(connection, plan.station) is not None:
            _require_role(connection, plan.role, plan.station)
        secrets = Secrets(SigningKey.generate().to_openssh(), new_age_key())
        private_keys.put(connection, made.key, secrets)
        settings.put(connection, "identity", _identity(secrets, plan, city))
        note_known(connection)
    store.close()
    attachments.open_store(folder.scans, made.key).close()
    office = open_with_key(folder, made.key, person, clock, founding=True)
    add_operator_record(office, person, plan.operator)
    return office, made.key, made.recovery_code


def _identity(secrets: Secrets, plan: _Plan, city: str) -> Identity:
    public = SigningKey.from_openssh(secrets.signing_key).public
    writer = writer_name(plan.station, public)
    return Identity(
        plan.station, plan.role, city, writer, plan.computer, machine_marker(), plan.demo
    )


def _require_role(connection: Connection, role: str, station: str) -> None:
    unit = require_unit(connection, station)
    if unit.kind not in ROLE_KINDS[role]:
        raise UserError(
            "ROLE_DIFFERS", f"“{unit.name}”不能以这个身份使用。", remedy="请核对单位代码和身份。"
        )


def _load_preset(connection: Connection) -> str:
    """Put the shipped revisions into the log; returns the city's station."""
    rows = [
        StoredRevision(n, h, r.id, r.type, r.parents, r.writer, r.at, r.by, r.op, raw, "live")
        for n, (h, raw, r) in enumerate(preset(RESOURCES), revisions.next_n(connection))
    ]
    city = rows[0].writer.rpartition("-")[0]
    revisions.append(connection, rows)
    standpoint = Standpoint(city, city)
    for row in rows:
        state = record_folding.state_of(TYPES[row.type], [row], [], standpoint)
        states.put(connection, TYPES[row.type], [state])
    return city


def add_operator_record(office: Office, record: str, name: str) -> None:
    """The first operator's own record, saved by themselves, with every duty."""
    body = body_of(
        Operator(name=name, unit=office.identity.station, duties=tuple(code.value for code in DUTY))
    )
    with office.store.write() as connection:
        write(office, connection, Operator, record, body, op="create")


def _found_city(office: Office, root_passphrase: str) -> None:
    """The root key and the first trust document, which names the city's own writer."""
    key = SigningKey.generate()
    small_files.write(office.folder.root_key, key.to_openssh(root_passphrase))
    found_trust(office, key)
