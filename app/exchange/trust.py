"""The trust document and its chain of versions (package format §3, §7).

Reading a chain trusts nothing but what the reader already has; the first time,
a person compares the 核对码.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from app.exchange import kinds, names, sshsig, strictjson
from app.exchange.envelope import EVERYONE
from app.exchange.keys import (
    TRUST_NAMESPACE,
    PublicKey,
    SigningKey,
    allowed_signers_line,
    check_code,
    is_age_recipient,
    writer_name,
)
from app.exchange.refusal import Refused

LARGEST = 2 << 20
"""Bytes of one version; a thousand PCs need half a million."""


class TrustWriter(msgspec.Struct, frozen=True, kw_only=True):
    """One enrolled installation.

    `role` is city, county or township; `kinds` what it may send; `channels` maps
    each `to` it may send to onto the first and the last sequence number that
    count (last `None`: still in use).
    """

    writer: str
    station: str
    role: str
    signing_key: str
    age: str
    kinds: tuple[str, ...]
    channels: dict[str, tuple[int, int | None]]
    supersedes: str | None

    @property
    def in_use(self) -> bool:
        """Whether it may still send something."""
        return any(last is None for _, last in self.channels.values())


class TrustRecipient(msgspec.Struct, frozen=True):
    """A key the packages for a station are sealed to."""

    station: str
    age: str


class TrustDocument(msgspec.Struct, frozen=True, kw_only=True):
    """One version; `previous` is the sha256 of the version before it, `root` an SSH key."""

    version: int
    root: str
    previous: str | None
    writers: tuple[TrustWriter, ...]
    recipients: tuple[TrustRecipient, ...]
    suites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SignedVersion:
    """The bytes of one version, its signature by the root before it, and by a new root."""

    document: bytes
    signature: bytes
    new_root_signature: bytes | None = None

    @property
    def digest(self) -> str:
        """The sha256 the next version names as `previous`."""
        return hashlib.sha256(self.document).hexdigest()


@dataclass(frozen=True, slots=True)
class Trust:
    """What an office believes: every version so far and the newest document."""

    versions: tuple[SignedVersion, ...]
    document: TrustDocument

    @property
    def version(self) -> int:
        """The number of the newest version."""
        return self.document.version

    @property
    def digest(self) -> str:
        """The sha256 of the newest version."""
        return self.versions[-1].digest

    @property
    def root(self) -> PublicKey:
        """The root key in force."""
        return PublicKey.from_text(self.document.root)

    @property
    def check_code(self) -> str:
        """核对码 of the root in force, to compare by telephone or with the sealed letter."""
        return check_code(self.root)

    @property
    def allowed_signers(self) -> str:
        """The file outsiders give to `ssh-keygen -Y verify -f`."""
        return allowed_signers(self.document)

    @property
    def cities(self) -> set[str]:
        """The stations of the city's writers: one, unless the city moves."""
        return {one.station for one in self.document.writers if one.role == kinds.CITY}

    def writer(self, name: str) -> TrustWriter | None:
        """The writer of this name."""
        return next((one for one in self.document.writers if one.writer == name), None)

    def signer(self, key: PublicKey) -> TrustWriter | None:
        """The writer that signs with this key."""
        return next((one for one in self.document.writers if one.signing_key == key.text), None)

    def recipients(self, *stations: str) -> list[str]:
        """The `age1…` keys of these stations, each once, in the stations' order."""
        found = (
            one.age
            for station in stations
            for one in self.document.recipients
            if one.station == station
        )
        return list(dict.fromkeys(found))


def allowed_signers(document: TrustDocument) -> str:
    """The lines of `data/allowed_signers`, in order of the writers."""
    return "".join(
        allowed_signers_line(one.writer, PublicKey.from_text(one.signing_key)) + "\n"
        for one in document.writers
    )


def issue(
    previous: Trust | None,
    root: SigningKey,
    *,
    writers: Sequence[TrustWriter],
    recipients: Sequence[TrustRecipient],
    suites: Sequence[str] = ("std-1",),
    new_root: SigningKey | None = None,
) -> Trust:
    """Sign the next version with the root in force, and with the new root where it changes.

    Raises `Refused` with the code a reader would give, so that nothing goes out
    that the offices could not take.
    """
    document = TrustDocument(
        version=previous.version + 1 if previous else 1,
        root=(new_root or root).public.text,
        previous=previous.digest if previous else None,
        writers=tuple(writers),
        recipients=tuple(recipients),
        suites=tuple(suites),
    )
    raw = msgspec.json.encode(document)
    signed = SignedVersion(
        raw,
        sshsig.sign(root, TRUST_NAMESPACE, raw),
        sshsig.sign(new_root, TRUST_NAMESPACE, raw) if new_root else None,
    )
    return walk(previous, [*(previous.versions if previous else ()), signed])


def walk(known: Trust | None, versions: Iterable[SignedVersion]) -> Trust:
    """Go from the version known to the newest of `versions`, which begin at 1.

    Each is judged before the next is asked for, so that what a stranger put behind
    our own chain is never read.

    With nothing known the first version vouches for itself, and the caller lets a
    person compare `check_code`. SIGNER_UNKNOWN, CHAIN_BREAK or INDEX_INVALID when a
    version is not signed by the root before it, is another than the one known or
    does not follow it, or is malformed; TRUST_ROLLBACK when all is well with the
    chain, but it is shorter than what is known.
    """
    trusted, seen = known, 0
    for number, signed in enumerate(versions):
        seen = number + 1
        if known and number < known.version:
            _require_known(known, number, signed)
        else:
            trusted = _next(trusted, signed)
    if known and seen < known.version:
        raise Refused("TRUST_ROLLBACK", f"{seen} < {known.version}")
    if trusted is None:
        raise Refused("MISSING_MEMBER", kinds.trust_path(1))
    return trusted


def _require_known(known: Trust, number: int, signed: SignedVersion) -> None:
    """Judge what stands in the place of a version known: a stranger's, a second one, or ours."""
    ours = known.versions[number]
    if signed == ours:
        return
    before, root = (_root_of(known.versions[max(at, 0)]) for at in (number - 1, number))
    _require_signed(signed.signature, signed.document, before)
    if signed.document != ours.document:
        raise Refused("CHAIN_BREAK", f"{number + 1}")
    _require_new_root(signed, root, before)


def _root_of(known: SignedVersion) -> PublicKey:
    return PublicKey.from_text(strictjson.decode(known.document, TrustDocument).root)


def _next(before: Trust | None, signed: SignedVersion) -> Trust:
    signer = _signer(signed.signature, signed.document)
    if before is not None:
        _require_root(signer, before.root)
    document = _parse(signed.document)
    root = PublicKey.from_text(document.root)
    _require_root(signer, before.root if before else root)
    expected = (before.version + 1, before.digest) if before else (1, None)
    if (document.version, document.previous) != expected:
        raise Refused("CHAIN_BREAK", f"{document.version}")
    _require_new_root(signed, root, before.root if before else root)
    return Trust((*(before.versions if before else ()), signed), document)


def _require_new_root(signed: SignedVersion, root: PublicKey, before: PublicKey) -> None:
    if root == before:
        if signed.new_root_signature is not None:
            raise Refused("EXTRA_MEMBER", ".new.sshsig")
    elif signed.new_root_signature is None:
        raise Refused("MISSING_MEMBER", ".new.sshsig")
    else:
        _require_signed(signed.new_root_signature, signed.document, root)


def _require_signed(armor: bytes, document: bytes, root: PublicKey) -> None:
    _require_root(_signer(armor, document), root)


def _signer(armor: bytes, document: bytes) -> PublicKey:
    """Whoever made this signature of a version; SIG_BAD, SIG_NAMESPACE."""
    signature = sshsig.parse(armor)
    signature.require(TRUST_NAMESPACE)
    if not signature.verifies(document):
        raise Refused("SIG_BAD")
    return signature.signer


def _require_root(signer: PublicKey, root: PublicKey) -> None:
    if signer != root:
        raise Refused("SIGNER_UNKNOWN", signer.key_id)


def _parse(raw: bytes) -> TrustDocument:
    try:
        document = strictjson.decode(raw, TrustDocument)
        sound = _is_sound(document)
    except ValueError as error:
        raise Refused("INDEX_INVALID", str(error)) from error
    if not sound:
        raise Refused("INDEX_INVALID")
    return document


def _is_sound(document: TrustDocument) -> bool:
    """Whether every name, key and number has its form; raises `ValueError` for a bad key."""
    PublicKey.from_text(document.root)
    writers = document.writers
    return (
        1 <= document.version <= names.MOST
        and (document.previous is None or names.HEX64.fullmatch(document.previous) is not None)
        and all(map(_writer_is_sound, writers))
        and len({one.writer for one in writers}) == len(writers)
        and len({one.signing_key for one in writers}) == len(writers)
        and all(
            names.STATION.fullmatch(one.station) and is_age_recipient(one.age)
            for one in document.recipients
        )
        and bool(document.suites)
    )


def _writer_is_sound(one: TrustWriter) -> bool:
    return (
        names.STATION.fullmatch(one.station) is not None
        and one.writer == writer_name(one.station, PublicKey.from_text(one.signing_key))
        and bool(one.role)
        and is_age_recipient(one.age)
        and _channels_are_sound(one.channels)
        and (one.supersedes is None or names.WRITER.fullmatch(one.supersedes) is not None)
    )


def _channels_are_sound(channels: Mapping[str, tuple[int, int | None]]) -> bool:
    return all(
        (to == EVERYONE or names.STATION.fullmatch(to))
        and 1 <= first <= names.MOST
        and (last is None or 0 <= last <= names.MOST)
        for to, (first, last) in channels.items()
    )


def require_writer(
    trust: Trust | None, key: PublicKey, *, writer: str, kind: str, to: str, seq: int
) -> TrustWriter:
    """The enrolled writer behind a signature, or the first reason why it does not count.

    SIGNER_UNKNOWN, SIGNER_NOT_WRITER, KIND_FORBIDDEN (kind, authority or channel not
    given to it), REVOKED (outside the sequence numbers given to it), in this order.
    """
    signer = trust.signer(key) if trust else None
    if signer is None:
        raise Refused("SIGNER_UNKNOWN", writer)
    if signer.writer != writer:
        raise Refused("SIGNER_NOT_WRITER", f"{signer.writer} ≠ {writer}")
    carries = kinds.CARRIES[kind]
    if kind not in signer.kinds or (carries.city_only and signer.role != kinds.CITY):
        raise Refused("KIND_FORBIDDEN", f"{writer}：{kind}")
    if to not in signer.channels:
        raise Refused("KIND_FORBIDDEN", f"{writer}：{kind} → {to}")
    first, last = signer.channels[to]
    if seq < first or (last is not None and seq > last):
        raise Refused("REVOKED", f"{writer}：{seq}")
    return signer
