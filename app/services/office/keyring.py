"""The keyring: the store's random key, one way to it per operator (经办人) and one for print.

A stolen computer or backup shows nothing without a passphrase or the recovery
code (恢复码). The file beside the store holds no secret in the clear.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import msgspec
from msgspec import Meta

from app.domain.kernel.errors import UserError
from app.domain.kernel.readable import readable
from app.services.office import keyring_slots as slots
from app.services.office import small_files
from app.services.office.keyring_slots import KEY_SIZE, Cost, Former, Slot, key_id
from app.services.office.passphrases import require_firm
from app.services.office.recovery_code import new_code, new_temporary
from app.services.office.wrong_tries import RECOVERY, Tries

__all__ = ["Cost", "Created", "Keyring", "Operator", "Rekeyed", "key_id"]

MOST_BYTES = 1 << 20
"""Bytes of a keyring that are read at all; a hundred operators take 100 KB."""

_MOST_FORMER = 100
"""How many store keys of before are kept, the latest."""


class Content(msgspec.Struct, frozen=True, omit_defaults=True):
    """The file `keyring.json`; `key_id` tells a right key from a wrong one."""

    version: Literal[1, 2]
    key_id: slots.Short
    operators: Annotated[tuple[Slot, ...], Meta(min_length=1, max_length=1000)]
    recovery: Slot
    former: Annotated[tuple[Former, ...], Meta(max_length=_MOST_FORMER)] = ()

    def __post_init__(self) -> None:
        ids = [slot.header.id for slot in self.operators]
        if len(set(ids)) < len(ids):
            raise ValueError("one operator twice")


class Operator(NamedTuple):
    """One who can open the store."""

    id: str
    name: str


class Created(NamedTuple):
    """A new keyring, the store key, and the recovery code to print now or never."""

    keyring: Keyring
    key: bytes
    recovery_code: str


@dataclass(frozen=True, slots=True)
class Rekeyed:
    """A new store key, and what has to be handed out with it.

    `recovery_code` where a new one was wanted or the old one could not be kept;
    `temporary` the 临时口令 by name of those who have not been here since the keyring of
    before: their own passphrases opened only that.
    """

    key: bytes = field(repr=False)
    recovery_code: str = field(repr=False)
    temporary: Mapping[str, str] = field(repr=False)


class Keyring:
    """The file `keyring.json`; every change is on the disk when the call returns."""

    def __init__(self, path: Path, content: Content, cost: Cost, base: bytes | None = None) -> None:
        self._path = path
        self._content = content
        self._cost = cost
        self._base = base

    @classmethod
    def create(
        cls, path: Path, operator: str, name: str, passphrase: str, *, cost: Cost | None = None
    ) -> Created:
        """Make a store key and a keyring for the first operator.

        Raises `UserError` PASSPHRASE_TOO_SHORT, PASSPHRASE_COMMON, KEYRING_EXISTS.
        """
        if small_files.exists(path):
            raise UserError("KEYRING_EXISTS", "这个数据文件夹已经建立过了。")
        require_firm(passphrase, (name,))
        cost = cost or Cost()
        key, code = secrets.token_bytes(KEY_SIZE), new_code()
        first = slots.operator_slot(key, operator, name, passphrase, cost)
        recovery = slots.recovery_slot(key, code, cost)
        keyring = cls(path, Content(2, key_id(key), (first,), recovery), cost)
        keyring._save()
        return Created(keyring, key, code)

    @classmethod
    def open(cls, path: Path, *, cost: Cost | None = None) -> Keyring:
        """Read the file; raises `UserError` KEYRING_DAMAGED, `EnvironmentProblem`.

        `cost` is for slots written from now on; each old one keeps its own.
        """
        raw = small_files.read(path, MOST_BYTES)
        return cls.parse(path, raw, cost=cost, base=raw)

    @classmethod
    def parse(
        cls, path: Path, raw: bytes, *, cost: Cost | None = None, base: bytes | None = None
    ) -> Keyring:
        """The keyring in these bytes (of a backup, say), which changes would write to `path`.

        `base` is what has to lie there still when it is written.
        """
        if len(raw) > MOST_BYTES:
            raise _damaged()
        try:
            return cls(path, msgspec.json.decode(raw, type=readable(Content)), cost or Cost(), base)
        # A cut may leave half a character, which is told as UnicodeDecodeError.
        except (msgspec.DecodeError, ValueError, RecursionError) as error:
            raise _damaged() from error

    @property
    def operators(self) -> tuple[Operator, ...]:
        """Who can open the store, in the order they were added."""
        return tuple(Operator(s.header.id, s.header.name) for s in self._content.operators)

    @property
    def key_id(self) -> str:
        """The `key_id` of the store key in it."""
        return self._content.key_id

    @property
    def tries(self) -> Tries:
        """The wrong tries at it, counted beside it."""
        return Tries(self._path.parent)

    def knows(self, wanted: str) -> bool:
        """Whether a store key, by its `key_id`, is the present one or one of before."""
        return wanted == self.key_id or any(one.key_id == wanted for one in self._content.former)

    def key_named(self, wanted: str, key: bytes) -> bytes:
        """The store key with a `key_id`, the present one being at hand; raises KEYRING_DAMAGED."""
        if wanted == self.key_id:
            return key
        found = next(one for one in self._content.former if one.key_id == wanted)
        try:
            return slots.former_key(found, key)
        except slots.Damaged as error:
            raise _damaged() from error

    def former(self, key: bytes) -> tuple[bytes, ...]:
        """The store keys of before, the latest first."""
        return tuple(self.key_named(one.key_id, key) for one in self._content.former[::-1])

    def unlock(self, operator: str, passphrase: str) -> bytes:
        """The store key; raises `UserError` NO_OPERATOR, WRONG_PASSPHRASE, TRY_LATER."""
        slot = self._slot(operator)
        with self.tries.counted(operator):
            key = self._key_in(slot, passphrase)
            if key is None:
                raise UserError(
                    "WRONG_PASSPHRASE", "口令不对。", remedy="请检查大小写和输入法后再输入一次。"
                )
            return key

    def unlock_with_recovery(self, code: str) -> bytes:
        """The store key.

        Raises `UserError` RECOVERY_CODE_MISTYPED, WRONG_RECOVERY_CODE, TRY_LATER.
        """
        with self.tries.counted(RECOVERY):
            key = self._key_in(self._content.recovery, code)
            if key is None:
                raise UserError(
                    "WRONG_RECOVERY_CODE",
                    "恢复码不对。",
                    why="它不是这份数据现在的恢复码。",
                    remedy="请找最近一次打印的恢复码。",
                )
            return key

    def is_temporary(self, operator: str) -> bool:
        """Whether an operator still opens with a 临时口令."""
        return self._slot(operator).header.temporary

    def modernise(self, key: bytes, operator: str, passphrase: str) -> None:
        """Give an operator of before a pair of keys; the passphrase stays. Otherwise nothing."""
        old = self._slot(operator)
        if not old.is_modern:
            header = old.header
            self._exchange(
                old, slots.operator_slot(key, header.id, header.name, passphrase, self._cost)
            )

    def modernise_recovery(self, key: bytes, code: str) -> None:
        """The same for the recovery code, which stays good."""
        if not self._content.recovery.is_modern:
            self._replace(recovery=slots.recovery_slot(key, code, self._cost))

    def add_operator(self, key: bytes, operator: str, name: str, passphrase: str) -> None:
        """Let one more person open the store.

        Raises OPERATOR_EXISTS, PASSPHRASE_TOO_SHORT, PASSPHRASE_COMMON.
        """
        self._require_fitting(key)
        if any(person.id == operator for person in self.operators):
            raise UserError("OPERATOR_EXISTS", f"经办人“{name}”已经登记过了。")
        require_firm(passphrase, (name,))
        slot = slots.operator_slot(key, operator, name, passphrase, self._cost)
        self._replace(operators=(*self._content.operators, slot))

    def change_passphrase(self, key: bytes, operator: str, passphrase: str) -> None:
        """Give an operator a new passphrase; the old one opens nothing any more."""
        self._require_fitting(key)
        old = self._slot(operator)
        require_firm(passphrase, (old.header.name,))
        self._exchange(
            old, slots.operator_slot(key, operator, old.header.name, passphrase, self._cost)
        )

    def renew_recovery(self, key: bytes) -> str:
        """A new recovery code to print; the old print opens nothing any more."""
        self._require_fitting(key)
        code = new_code()
        self._replace(recovery=slots.recovery_slot(key, code, self._cost))
        return code

    def rekey(
        self,
        key: bytes,
        operator: str,
        passphrase: str,
        *,
        staying: Collection[str],
        new_recovery: bool = False,
    ) -> Rekeyed:
        """Put a new store key in the place of the old one, for those of these ids.

        Everyone keeps their passphrase. The file is read back and opened with that of
        who is at work before this returns; a keyring of before opens nothing that is
        under the new key. Raises `UserError` NO_OPERATOR, LAST_OPERATOR, WRONG_PASSPHRASE.
        """
        self._require_fitting(key)
        before = self._content
        if not set(staying) & {person.id for person in self.operators}:
            raise UserError("LAST_OPERATOR", "至少要留下一位能打开数据的经办人。")
        self.modernise(key, operator, passphrase)
        new, temporary, code = secrets.token_bytes(KEY_SIZE), dict[str, str](), ""
        people = [
            self._reached(one, key, new, temporary)
            for one in self._content.operators
            if one.header.id in staying
        ]
        recovery = slots.resealed(self._content.recovery, key, new)
        if recovery is None or new_recovery:
            code = new_code()
            recovery = slots.recovery_slot(new, code, self._cost)
        known = [slots.former(one, new) for one in (*reversed(self.former(key)), key)]
        self._write(Content(2, key_id(new), tuple(people), recovery, tuple(known[-_MOST_FORMER:])))
        try:
            if Keyring.open(self._path).unlock(operator, passphrase) != new:
                raise _damaged()
        except BaseException:  # also Ctrl+C: nobody may be locked out by what was never tried
            self._write(before)
            raise
        return Rekeyed(new, code, temporary)

    def _reached(self, slot: Slot, old: bytes, new: bytes, temporary: dict[str, str]) -> Slot:
        found = slots.resealed(slot, old, new)
        if found is not None:
            return found
        who = slot.header
        temporary[who.name] = code = new_temporary()
        return slots.operator_slot(new, who.id, who.name, code, self._cost, temporary=True)

    def _key_in(self, slot: Slot, secret: str) -> bytes | None:
        try:
            key = slots.opened(slot, secret)
        except slots.Damaged as error:
            raise _damaged() from error
        if key is not None and key_id(key) != self._content.key_id:
            raise _damaged()
        return key

    def _slot(self, operator: str) -> Slot:
        for slot in self._content.operators:
            if slot.header.id == operator:
                return slot
        raise UserError("NO_OPERATOR", "这位经办人没有登记在这台电脑上。")

    def _require_fitting(self, key: bytes) -> None:
        if key_id(key) != self._content.key_id:
            raise ValueError("this key does not belong to this keyring")

    def _exchange(self, old: Slot, new: Slot) -> None:
        self._replace(operators=(new if s is old else s for s in self._content.operators))

    def _replace(
        self, *, operators: Iterable[Slot] | None = None, recovery: Slot | None = None
    ) -> None:
        old = self._content
        self._write(
            msgspec.structs.replace(
                old,
                version=2,
                operators=old.operators if operators is None else tuple(operators),
                recovery=recovery or old.recovery,
            )
        )

    def _write(self, content: Content) -> None:
        old, self._content = self._content, content
        try:
            self._save()
        except BaseException:  # also Ctrl+C: what is held must be what lies on the disk
            self._content = old
            raise

    def _save(self) -> None:
        raw = msgspec.json.format(msgspec.json.encode(self._content), indent=2)
        small_files.write(self._path, raw, self._base)
        self._base = raw


def _damaged() -> UserError:
    return UserError(
        "KEYRING_DAMAGED", "口令文件已损坏，无法打开数据。", remedy="请用最近的备份恢复。"
    )
