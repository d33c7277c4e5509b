"""An opened store: whose it is, who works at it, and where its files lie."""

from __future__ import annotations

import datetime as dt
import os
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from app.domain.kernel.errors import EnvironmentProblem, UserError
from app.domain.merging.ownership import Standpoint, new_record_id
from app.domain.records import Campaign
from app.exchange.keys import SigningKey, age_recipient
from app.services.office import folder_swap, private_keys, private_place, program_versions
from app.services.office.clock import Clock, wall_clock
from app.services.office.folder import Folder
from app.services.office.kept_places import KeptPlaces, kept_places
from app.services.office.keyring import Keyring
from app.services.office.lost_saves import LostSaves, lost_saves
from app.services.office.machine import machine_marker
from app.services.office.private_keys import Secrets
from app.services.office.rekeying import finish_rekey
from app.services.office.server_place import require_fitting, require_sign, require_there
from database.books import settings
from database.store import attachments
from database.store.engine import Connection, Store
from database.store.high_mark import HighMark
from database.store.problems import unwritable
from database.upkeep import migrate


class Identity(msgspec.Struct, frozen=True, omit_defaults=True):
    """Which installation this is: its station, role, writer name and place among the PCs.

    `city` is the station of the city above; `pc` (1, 2, …) chooses the range of
    编号; `machine` is the marker of the computer it was set up on; `demo` says that it
    plays in the demonstration.
    """

    station: str
    role: str
    city: str
    writer: str
    pc: int
    machine: str
    demo: bool = False


@dataclass(frozen=True)
class Office:
    """What every service function is given: the store and who is at work."""

    folder: Folder
    store: Store
    scans: Store
    identity: Identity
    operator: str
    clock: Clock = wall_clock
    read_only: str = ""
    """Why nothing can be saved (the disk is full, or write-protected); empty where it can."""

    lost: LostSaves | None = None
    """Saves that were acknowledged and are gone."""

    campaigns: dict[str, Campaign] = field(default_factory=dict, repr=False, compare=False)
    """Campaigns read so far, by version."""

    remembered: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
    """What a service worked out at length and keeps up while the office is open, by its name."""

    @property
    def standpoint(self) -> Standpoint:
        """Where records are looked at from."""
        return Standpoint(self.identity.station, self.identity.city)

    @property
    def is_city(self) -> bool:
        """Whether this is the city's office."""
        return self.identity.station == self.identity.city

    @property
    def below(self) -> str:
        """What the offices that report to this one are called there."""
        return "各报送单位" if self.is_city else "乡镇（街道）"

    @cached_property
    def kept(self) -> KeptPlaces:
        """Where packages and the keyring are kept."""
        return kept_places(self.folder, self.store)

    @cached_property
    def secrets(self) -> Secrets:
        """The private keys, read when first needed."""
        assert self.store.key is not None
        with self.store.read() as connection:
            found = private_keys.get(connection, self.store.key)
        if found is None:
            raise UserError("NO_KEYS", "这台电脑还没有登记用的钥匙。", remedy="请重新初始化。")
        return found

    @cached_property
    def signing_key(self) -> SigningKey:
        """The key that signs this writer's packages."""
        return SigningKey.from_openssh(self.secrets.signing_key)

    @property
    def age_identities(self) -> tuple[str, ...]:
        """The keys that open what is sealed to this installation, the present one first."""
        return (self.secrets.age_identity, *self.secrets.earlier)

    @property
    def recipient(self) -> str:
        """The age recipient others encrypt to for this installation."""
        return age_recipient(self.secrets.age_identity)

    def now(self) -> str:
        """The time to write into a revision: RFC 3339 with offset."""
        return self.clock().isoformat()

    def today(self) -> dt.date:
        """Today's date."""
        return self.clock().date()

    def new_id(self) -> str:
        """A fresh record id, bound to this station."""
        return self.new_ids(1)[0]

    def new_ids(self, count: int) -> list[str]:
        """As many fresh ids, of one moment."""
        moment, station = int(self.clock().timestamp() * 1000), self.identity.station
        chance = os.urandom(10 * count)
        return [
            new_record_id(moment, chance[at : at + 10], station) for at in range(0, len(chance), 10)
        ]

    def as_operator(self, operator: str) -> Office:
        """The same office with another person at work (切换经办人)."""
        return replace(self, operator=operator)

    def change_key(self, key: bytes) -> None:
        """Put every file under a new store key, which the keyring holds already.

        Whoever reads or writes meanwhile waits. What a cut or a full disk leaves behind is
        finished when the data is opened again. Raises `EnvironmentProblem`.
        """
        before = self.store.key
        assert before is not None
        self.store.change_key(key)
        private_keys.reseal(self.store, (before,))
        finish_rekey(self.folder, Keyring.open(self.folder.keyring), key, but=self.folder.scans)
        self.scans.change_key(key)

    def close(self) -> None:
        """Close the store's files."""
        self.store.close()
        self.scans.close()


def open_office(
    root: Path, passphrase: str, *, operator: str | None = None, clock: Clock = wall_clock
) -> Office:
    """Open the data folder with an operator's passphrase.

    `operator` is a name or id; it may be left out where there is only one.
    Raises `UserError` NO_STORE, DATA_MISSING, WHICH_OPERATOR, WRONG_PASSPHRASE, STORE_NEWER,
    STORE_IN_FILE, SERVER_DIFFERS, NOTHING_THERE.
    """
    require_data(root)
    folder = Folder(root)
    keyring = Keyring.open(folder.keyring)
    who = operator_id(keyring, operator)
    key = keyring.unlock(who, passphrase)
    # A folder that cannot be written to can still be read.
    with suppress(EnvironmentProblem):
        keyring.modernise(key, who, passphrase)
    return open_with_key(folder, key, who, clock)


def require_data(root: Path) -> None:
    """See that a whole data folder is there, after finishing what a power cut interrupted.

    What is missing is never made anew: it may lie in a backup. Raises `UserError` NO_STORE,
    STORE_IN_FILE, SERVER_DIFFERS, `EnvironmentProblem` DATA_MISSING, RESTORE_UNCLEAR.
    """
    require_some(root)
    folder_swap.complete(root)
    require_whole(Folder(root))
    require_fitting(Folder(root).store)


def require_whole(folder: Folder) -> None:
    """Raise `EnvironmentProblem` DATA_MISSING where a file of somebody's data is not there."""
    if lost := folder.missing:
        raise EnvironmentProblem(
            "DATA_MISSING",
            f"数据文件夹里少了{folder.words_for(lost)}，现在打不开。",
            why="没有新建任何文件，其余的都还在。",
            remedy="找回来放回原处，或从备份补上：见 zoufang rescue。",
        )


def require_some(root: Path) -> None:
    """Raises `UserError` NO_STORE unless somebody's data lies here, whole or in part."""
    if Folder(root).is_new:
        raise UserError(
            "NO_STORE",
            f"“{root}”里没有数据。",
            remedy="请检查数据文件夹，或先用 zoufang init 建立。",
        )


def open_with_key(
    folder: Folder, key: bytes, operator: str, clock: Clock, *, founding: bool = False
) -> Office:
    """Open a folder whose store key is at hand, bringing the store up to date first.

    Makes none of its files. What is being set up on a server is nobody's yet (`founding`).
    Raises as `open_office`.
    """
    require_whole(folder)
    finish_rekey(folder, Keyring.open(folder.keyring), key)
    with program_versions.opening():
        migrate.upgrade(folder.store, key, copied=program_versions.note_copy)
        return _opened(folder, key, operator, clock, founding=founding)


def _opened(folder: Folder, key: bytes, operator: str, clock: Clock, *, founding: bool) -> Office:
    private_place.sweep(folder.lent)
    mark = HighMark(folder.mark)
    noted = mark.last
    store = Store(folder.store, key, mark)
    try:
        identity = _identity_in(folder, store, founding=founding)
    except BaseException:  # also Ctrl+C: a connection is not left open
        store.close()
        raise
    scans = attachments.open_store(folder.scans, key)
    guard_writer(store, identity.writer, founding=founding)
    why = _UNWRITABLE.get(unwritable(folder.store), "")
    if not why:
        private_keys.settle(store, Keyring.open(folder.keyring))
    lost = lost_saves(store, noted, clock().isoformat(), keep=not why)
    return Office(folder, store, scans, identity, operator, clock, why, lost)


def _identity_in(folder: Folder, store: Store, *, founding: bool) -> Identity:
    with store.read() as connection:
        if store.server and not founding:
            require_sign(connection, store.server)
        identity = settings.get(connection, "identity", Identity)
    if identity is None:
        raise UserError("NO_STORE", f"“{folder.root}”没有建立完整。", remedy="请重新初始化。")
    return identity


def guard_writer(store: Store, writer: str, *, founding: bool = False) -> None:
    """Let a write begin only while this is still the writer here and the data has not moved away.

    Whoever has it open beside (another computer, a command line) may have changed either. A write
    then raises `UserError` WRITER_REPLACED, NOTHING_THERE.
    """

    def require_current(connection: Connection) -> None:
        if store.server and not founding:
            require_there(connection, store.server)
        present = settings.get(connection, "identity", Identity)
        if present is None or present.writer != writer:
            raise UserError(
                "WRITER_REPLACED",
                "报送用的钥匙刚才在别处换过，这一次没有保存。",
                why="别的电脑或命令行换的。",
                remedy="请退出程序，重新打开后再做一次。",
            )

    store.guard = require_current


_UNWRITABLE = {
    "SQLITE_FULL": "磁盘已满，现在只能看，什么都不能保存。请清理磁盘后重新打开。",
    "SQLITE_READONLY": "数据文件夹有写保护，现在只能看，什么都不能保存。",
}


def operator_id(keyring: Keyring, wanted: str | None) -> str:
    """The id of an operator by name or id, or of the only one; raises WHICH_OPERATOR."""
    people = keyring.operators
    found = [p.id for p in people if wanted is None or wanted in (p.id, p.name)]
    if len(found) == 1:
        return found[0]
    names = "、".join(p.name for p in people)
    raise UserError(
        "WHICH_OPERATOR",
        "请说明是哪一位经办人。" if wanted is None else f"没有经办人“{wanted}”。",
        remedy=f"这里有：{names}。",
    )


def copied_elsewhere(office: Office) -> bool:
    """Whether this store was set up on another computer, or restored from a backup.

    Such a store may go on recording, but becomes a new writer before it sends
    again, so that two copies never use the same numbers (package format §3).
    """
    with office.store.read() as connection:
        restored = settings.get(connection, "restored", dict)
    # All computers at one server are one writer.
    moved = office.store.server is None and office.identity.machine != machine_marker()
    return bool(restored) or moved
