"""The keyring: the store's random key, wrapped once per operator (经办人) and once for print.

A stolen computer or backup shows nothing without a passphrase or the recovery
code (恢复码). The file beside the store holds no secret in the clear.
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from msgspec import Meta

from app.domain.kernel.errors import UserError
from app.exchange.files import appearing, words_for
from app.services.office.recovery_code import new_code, read_code

KEY_SIZE = 32
SHORTEST = 8
"""Code points a passphrase has at least."""

_SALT_SIZE = 16
_NONCE_SIZE = 12
_WRAPPED_SIZE = KEY_SIZE + 16


_LARGEST = 1 << 20
"""Bytes of a keyring that are read at all; a hundred operators take 40 KB."""

_MOST_WORK = 1 << 20
"""KiB that one guess may go over in all its passes: about a second."""

Bytes12 = Annotated[bytes, Meta(min_length=_NONCE_SIZE, max_length=_NONCE_SIZE)]
Bytes16 = Annotated[bytes, Meta(min_length=_SALT_SIZE, max_length=_SALT_SIZE)]
Bytes48 = Annotated[bytes, Meta(min_length=_WRAPPED_SIZE, max_length=_WRAPPED_SIZE)]
Name = Annotated[str, Meta(max_length=1000)]


class Cost(msgspec.Struct, frozen=True):
    """What a guess at a passphrase costs (Argon2id); kept with every slot.

    The limits keep a doctored file from exhausting the machine. Raises `ValueError`
    beyond them.
    """

    memory_kib: Annotated[int, Meta(ge=8, le=256 * 1024)] = 64 * 1024
    iterations: Annotated[int, Meta(ge=1, le=64)] = 3
    lanes: Annotated[int, Meta(ge=1, le=16)] = 1

    def __post_init__(self) -> None:
        if self.memory_kib < 8 * self.lanes:
            raise ValueError("each lane takes 8 KiB at least")
        if self.memory_kib * self.iterations > _MOST_WORK:
            raise ValueError("a single guess would take too long")


class Header(msgspec.Struct, frozen=True):
    """Whose slot it is and how its key is derived; bound to the slot as associated data."""

    kind: Literal["operator", "recovery"]
    id: Name
    name: Name
    cost: Cost
    salt: Bytes16


class Slot(msgspec.Struct, frozen=True):
    """The store key under one passphrase (ChaCha20-Poly1305)."""

    header: Header
    nonce: Bytes12
    wrapped: Bytes48


class Content(msgspec.Struct, frozen=True):
    """The file `keyring.json`; `key_id` tells a right key from a wrong one."""

    version: Literal[1]
    key_id: str
    operators: Annotated[tuple[Slot, ...], Meta(min_length=1, max_length=1000)]
    recovery: Slot

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


class Keyring:
    """The file `keyring.json`; every change is on the disk when the call returns."""

    def __init__(self, path: Path, content: Content, cost: Cost) -> None:
        self._path = path
        self._content = content
        self._cost = cost

    @classmethod
    def create(
        cls, path: Path, operator: str, name: str, passphrase: str, *, cost: Cost | None = None
    ) -> Created:
        """Make a store key and a keyring for the first operator.

        Raises `UserError` PASSPHRASE_TOO_SHORT, KEYRING_EXISTS.
        """
        if path.exists():
            raise UserError("KEYRING_EXISTS", "这个数据文件夹已经建立过了。")
        cost = cost or Cost()
        key, code = secrets.token_bytes(KEY_SIZE), new_code()
        first = _operator_slot(key, operator, name, passphrase, cost)
        recovery = _recovery_slot(key, code, cost)
        keyring = cls(path, Content(1, key_id(key), (first,), recovery), cost)
        keyring._save()
        return Created(keyring, key, code)

    @classmethod
    def open(cls, path: Path, *, cost: Cost | None = None) -> Keyring:
        """Read the file; raises `UserError` KEYRING_DAMAGED, `EnvironmentProblem`.

        `cost` is for slots written from now on; each old one keeps its own.
        """
        with words_for(path), path.open("rb") as reading:
            return cls.parse(path, reading.read(_LARGEST + 1), cost=cost)

    @classmethod
    def parse(cls, path: Path, raw: bytes, *, cost: Cost | None = None) -> Keyring:
        """The keyring in these bytes (of a backup, say), which changes would write to `path`."""
        if len(raw) > _LARGEST:
            raise _damaged()
        try:
            return cls(path, msgspec.json.decode(raw, type=Content), cost or Cost())
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

    def unlock(self, operator: str, passphrase: str) -> bytes:
        """The store key; raises `UserError` NO_OPERATOR, WRONG_PASSPHRASE."""
        key = _unwrap(self._slot(operator), _prepared(passphrase))
        if key is None:
            raise UserError(
                "WRONG_PASSPHRASE", "口令不对。", remedy="请检查大小写和输入法后再输入一次。"
            )
        return self._own(key)

    def unlock_with_recovery(self, code: str) -> bytes:
        """The store key; raises `UserError` RECOVERY_CODE_MISTYPED, WRONG_RECOVERY_CODE."""
        key = _unwrap(self._content.recovery, read_code(code).encode())
        if key is None:
            raise UserError(
                "WRONG_RECOVERY_CODE",
                "恢复码不对。",
                why="它不是这份数据现在的恢复码。",
                remedy="请找最近一次打印的恢复码。",
            )
        return self._own(key)

    def add_operator(self, key: bytes, operator: str, name: str, passphrase: str) -> None:
        """Let one more person open the store; raises OPERATOR_EXISTS, PASSPHRASE_TOO_SHORT."""
        self._require_fitting(key)
        if any(person.id == operator for person in self.operators):
            raise UserError("OPERATOR_EXISTS", f"经办人“{name}”已经登记过了。")
        slot = _operator_slot(key, operator, name, passphrase, self._cost)
        self._replace(operators=(*self._content.operators, slot))

    def change_passphrase(self, key: bytes, operator: str, passphrase: str) -> None:
        """Give an operator a new passphrase; the old one opens nothing any more."""
        self._require_fitting(key)
        old = self._slot(operator)
        new = _operator_slot(key, operator, old.header.name, passphrase, self._cost)
        self._replace(operators=(new if s is old else s for s in self._content.operators))

    def remove_operator(self, operator: str) -> None:
        """Take a person out; raises `UserError` NO_OPERATOR, LAST_OPERATOR.

        The store key stays: a copy of the old file still opens with the old passphrase.
        """
        slot = self._slot(operator)
        if len(self._content.operators) == 1:
            raise UserError(
                "LAST_OPERATOR",
                f"“{slot.header.name}”是唯一的经办人，不能移除。",
                remedy="请先添加接手的经办人。",
            )
        self._replace(operators=(s for s in self._content.operators if s is not slot))

    def renew_recovery(self, key: bytes) -> str:
        """A new recovery code to print; the old print opens nothing any more."""
        self._require_fitting(key)
        code = new_code()
        self._replace(recovery=_recovery_slot(key, code, self._cost))
        return code

    def _slot(self, operator: str) -> Slot:
        for slot in self._content.operators:
            if slot.header.id == operator:
                return slot
        raise UserError("NO_OPERATOR", "这位经办人没有登记在这台电脑上。")

    def _own(self, key: bytes) -> bytes:
        """The unwrapped key, unless a slot of another file was put in here."""
        if key_id(key) != self._content.key_id:
            raise _damaged()
        return key

    def _require_fitting(self, key: bytes) -> None:
        if key_id(key) != self._content.key_id:
            raise ValueError("this key does not belong to this keyring")

    def _replace(
        self, *, operators: Iterable[Slot] | None = None, recovery: Slot | None = None
    ) -> None:
        old = self._content
        self._content = msgspec.structs.replace(
            old,
            operators=old.operators if operators is None else tuple(operators),
            recovery=recovery or old.recovery,
        )
        try:
            self._save()
        except BaseException:
            self._content = old
            raise

    def _save(self) -> None:
        raw = msgspec.json.format(msgspec.json.encode(self._content), indent=2)
        with words_for(self._path), appearing(self._path) as out:
            Path(out.name).chmod(0o600)
            out.write(raw)


def _damaged() -> UserError:
    return UserError(
        "KEYRING_DAMAGED", "口令文件已损坏，无法打开数据。", remedy="请用最近的备份恢复。"
    )


def key_id(key: bytes) -> str:
    """A name of a store key that betrays nothing of it."""
    return sha256(b"zoufang store key " + key).hexdigest()


def require_long_enough(passphrase: str) -> None:
    """Raises `UserError` PASSPHRASE_TOO_SHORT."""
    if len(_prepared(passphrase).decode()) < SHORTEST:
        raise UserError(
            "PASSPHRASE_TOO_SHORT",
            f"口令太短，至少要{SHORTEST}个字符。",
            remedy="可以用一句自己记得住的话。",
        )


def _operator_slot(key: bytes, operator: str, name: str, passphrase: str, cost: Cost) -> Slot:
    require_long_enough(passphrase)
    return _wrap(key, _prepared(passphrase), Header("operator", operator, name, cost, _salt()))


def _recovery_slot(key: bytes, code: str, cost: Cost) -> Slot:
    return _wrap(key, read_code(code).encode(), Header("recovery", "", "", cost, _salt()))


def _salt() -> bytes:
    return secrets.token_bytes(_SALT_SIZE)


def _prepared(passphrase: str) -> bytes:
    """The same bytes whether it was typed full-width or half-width."""
    return unicodedata.normalize("NFKC", passphrase).encode()


def _wrap(key: bytes, secret: bytes, header: Header) -> Slot:
    nonce = secrets.token_bytes(_NONCE_SIZE)
    wrapped = _cipher(secret, header).encrypt(nonce, key, _bound(header))
    return Slot(header, nonce, wrapped)


def _unwrap(slot: Slot, secret: bytes) -> bytes | None:
    """The store key, or None when the secret is not this slot's."""
    try:
        return _cipher(secret, slot.header).decrypt(slot.nonce, slot.wrapped, _bound(slot.header))
    except InvalidTag:
        return None


def _cipher(secret: bytes, header: Header) -> ChaCha20Poly1305:
    cost = header.cost
    derived = Argon2id(
        salt=header.salt,
        length=KEY_SIZE,
        iterations=cost.iterations,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    ).derive(secret)
    return ChaCha20Poly1305(derived)


def _bound(header: Header) -> bytes:
    return msgspec.json.encode(header)
