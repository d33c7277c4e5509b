"""What may stand in a trust document, at every limit and one past it (§3)."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from app.exchange import kinds, names, sshsig
from app.exchange.keys import TRUST_NAMESPACE
from app.exchange.trust import (
    SignedVersion,
    Trust,
    TrustDocument,
    TrustRecipient,
    issue,
    require_writer,
    walk,
)
from tests.exchange import offices, spoil
from tests.exchange.forge import compact
from tests.exchange.offices import (
    CITY,
    CITY_PC,
    COUNTY,
    COUNTY_PC,
    GONE,
    NEW_ROOT,
    ROOT,
    SISTER,
    SISTER_PC,
    STRANGER,
    Office,
)
from tests.exchange.refusals import refusal, refusal_if_any

FIRST = offices.first_trust()
DOCUMENT = FIRST.document
WRITER = COUNTY_PC.enrolled([CITY, COUNTY])


def signed(raw: bytes, root: Office = ROOT, namespace: str = TRUST_NAMESPACE) -> SignedVersion:
    return SignedVersion(raw, sshsig.sign(root.key, namespace, raw))


def judged(**changes: Any) -> TrustDocument:
    """The first version of a chain, with these members."""
    document = msgspec.structs.replace(DOCUMENT, **changes)
    return walk(None, [signed(msgspec.json.encode(document))]).document


def writer(**changes: Any) -> dict[str, Any]:
    return {"writers": (msgspec.structs.replace(WRITER, **changes),)}


def channel(first: int, last: int | None, to: str = CITY) -> dict[str, Any]:
    return writer(channels={to: (first, last)})


@pytest.mark.parametrize(
    "changes",
    [
        {"writers": ()},
        {"recipients": ()},
        {"suites": ("std-1", "gm-1")},
        writer(role="township"),
        writer(kinds=()),
        writer(channels={}),
        writer(supersedes=SISTER_PC.writer),
        channel(1, None, "all"),
        channel(1, 0),
        channel(names.MOST, names.MOST),
    ],
)
def test_what_may_stand_in_a_version(changes: dict[str, Any]) -> None:
    assert judged(**changes) == msgspec.structs.replace(DOCUMENT, **changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"version": 0},
        {"version": names.MOST + 1},
        {"previous": "AB" * 32},
        {"suites": ()},
        {"recipients": (TrustRecipient("51110", CITY_PC.age),)},
        {"recipients": (TrustRecipient(CITY, "age1x"), TrustRecipient(CITY, CITY_PC.age))},
        {"writers": (WRITER, WRITER)},
        writer(station=SISTER),
        writer(station="51113", writer=WRITER.writer[1:]),
        writer(writer=SISTER_PC.writer),
        writer(role=""),
        writer(age="age1x"),
        writer(supersedes="somebody"),
        channel(0, None),
        channel(names.MOST + 1, None),
        channel(1, -1),
        channel(1, names.MOST + 1),
        channel(1, None, "everybody"),
        {"writers": (WRITER, msgspec.structs.replace(WRITER, role=""))},
    ],
)
def test_what_may_not_stand_in_a_version(changes: dict[str, Any]) -> None:
    assert refusal(lambda: judged(**changes)) == ("INDEX_INVALID", "")


def test_two_stations_cannot_share_a_key() -> None:
    other = Office("county", SISTER)
    assert other.key.public == COUNTY_PC.key.public
    both = (WRITER, other.enrolled([CITY]))
    assert refusal(lambda: judged(writers=both)) == ("INDEX_INVALID", "")


def test_what_is_no_document_or_no_key_says_why() -> None:
    members = msgspec.to_builtins(DOCUMENT)
    del members["suites"]
    assert refusal(lambda: walk(FIRST, [*FIRST.versions, signed(compact(members))])) == (
        "INDEX_INVALID",
        "Object missing required field `suites`",
    )
    keyless = writer(signing_key="ssh-rsa AAAA")
    assert refusal(lambda: judged(**keyless)) == ("INDEX_INVALID", "a length is cut off")


def second(**changes: Any) -> bytes:
    """A version that follows the first."""
    members = {"version": 2, "previous": FIRST.digest} | changes
    return msgspec.json.encode(msgspec.structs.replace(DOCUMENT, **members))


def followed(*versions: SignedVersion) -> tuple[str, str] | None:
    return refusal_if_any(lambda: walk(FIRST, [*FIRST.versions, *versions]))


def test_a_version_follows_the_one_before_it() -> None:
    assert followed(signed(second())) is None
    assert followed(signed(second(version=1))) == ("CHAIN_BREAK", "1")
    assert followed(signed(second(version=3))) == ("CHAIN_BREAK", "3")
    assert followed(signed(second(previous=None))) == ("CHAIN_BREAK", "2")
    assert followed(signed(second(previous="00" * 32))) == ("CHAIN_BREAK", "2")
    assert refusal(lambda: judged(version=2)) == ("CHAIN_BREAK", "2")
    assert refusal(lambda: judged(version=names.MOST)) == ("CHAIN_BREAK", f"{names.MOST}")
    assert refusal(lambda: judged(previous="00" * 32)) == ("CHAIN_BREAK", "1")


def test_a_version_is_signed_by_the_root_before_it_for_this_purpose() -> None:
    raw = second()
    assert followed(signed(raw, STRANGER)) == ("SIGNER_UNKNOWN", STRANGER.key.public.key_id)
    assert followed(signed(raw, namespace="file")) == ("SIG_NAMESPACE", "")
    assert followed(SignedVersion(raw, signed(raw + b" ").signature)) == ("SIG_BAD", "")
    assert followed(SignedVersion(raw, b"junk")) == ("SIG_BAD", "")


def test_a_new_root_signs_as_well_and_only_a_new_one() -> None:
    raw = second(root=NEW_ROOT.key.public.text)
    old, new = signed(raw).signature, signed(raw, NEW_ROOT).signature
    assert followed(SignedVersion(raw, old, new)) is None
    assert followed(SignedVersion(raw, old)) == ("MISSING_MEMBER", ".new.sshsig")
    assert followed(SignedVersion(raw, new, new)) == (
        "SIGNER_UNKNOWN",
        NEW_ROOT.key.public.key_id,
    )
    assert followed(SignedVersion(raw, old, old)) == ("SIGNER_UNKNOWN", ROOT.key.public.key_id)
    same = second()
    assert followed(SignedVersion(same, signed(same).signature, signed(same).signature)) == (
        "EXTRA_MEMBER",
        ".new.sshsig",
    )


def test_a_chain_that_lacks_versions_says_which() -> None:
    newest = spoil.second_trust()
    assert refusal(lambda: walk(newest, newest.versions[:1])) == ("TRUST_ROLLBACK", "1 < 2")
    assert refusal(lambda: walk(newest, [])) == ("TRUST_ROLLBACK", "0 < 2")
    assert refusal(lambda: walk(None, [])) == ("MISSING_MEMBER", kinds.trust_path(1))


def test_a_version_known_already_must_be_the_one_known() -> None:
    known = issue(FIRST, ROOT.key, writers=[], recipients=[])
    ours, other = known.versions[1], signed(second())
    assert walk(known, [*FIRST.versions, ours]) == known
    assert refusal(lambda: walk(known, [*FIRST.versions, other])) == ("CHAIN_BREAK", "2")
    strange = signed(second(), STRANGER)
    assert refusal(lambda: walk(known, [*FIRST.versions, strange])) == (
        "SIGNER_UNKNOWN",
        STRANGER.key.public.key_id,
    )


def test_a_version_known_after_a_new_root_is_judged_by_that_root() -> None:
    known = issue(spoil.second_trust(), NEW_ROOT.key, writers=[], recipients=[])
    first, renewed, third = known.versions
    chatty = SignedVersion(third.document, third.signature, third.signature)
    assert refusal(lambda: walk(known, [first, renewed, chatty])) == (
        "EXTRA_MEMBER",
        ".new.sshsig",
    )


def test_the_newest_version_is_what_counts() -> None:
    trust = spoil.second_trust()
    assert (trust.version, trust.root) == (2, NEW_ROOT.key.public)
    assert trust.digest == trust.versions[-1].digest
    assert trust.document.previous == FIRST.digest
    assert trust.cities == {CITY}
    assert FIRST.document.previous is None
    assert FIRST.document.suites == ("std-1",)


def test_whom_a_document_names() -> None:
    assert FIRST.writer(COUNTY_PC.writer) == WRITER
    assert FIRST.writer("nobody") is None
    assert FIRST.signer(STRANGER.key.public) is None
    assert FIRST.recipients() == []
    assert FIRST.recipients(SISTER, "511102", CITY, SISTER) == [SISTER_PC.age, CITY_PC.age]
    lines = FIRST.allowed_signers.splitlines()
    assert lines[1] == (
        f'{COUNTY_PC.writer} namespaces="zoufang-package-v1" {COUNTY_PC.key.public.text}'
    )
    assert len(lines) == 4
    assert FIRST.allowed_signers.endswith("\n")


def test_a_pc_is_in_use_while_one_of_its_channels_is_open() -> None:
    assert WRITER.in_use
    assert not GONE.enrolled([CITY], last=7).in_use
    assert msgspec.structs.replace(WRITER, channels={CITY: (1, 3), COUNTY: (1, None)}).in_use
    assert not msgspec.structs.replace(WRITER, channels={}).in_use


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, None),
        ({"seq": 3}, None),
        ({"seq": 5}, None),
        ({"seq": 2}, ("REVOKED", f"{COUNTY_PC.writer}：2")),
        ({"seq": 6}, ("REVOKED", f"{COUNTY_PC.writer}：6")),
        ({"to": SISTER}, ("KIND_FORBIDDEN", f"{COUNTY_PC.writer}：submission → {SISTER}")),
        ({"kind": "answer"}, ("KIND_FORBIDDEN", f"{COUNTY_PC.writer}：answer")),
        ({"kind": "reference"}, ("KIND_FORBIDDEN", f"{COUNTY_PC.writer}：reference")),
        (
            {"writer": SISTER_PC.writer},
            ("SIGNER_NOT_WRITER", f"{COUNTY_PC.writer} ≠ {SISTER_PC.writer}"),
        ),
    ],
)
def test_who_signed_may_send_this(changes: dict[str, Any], found: tuple[str, str] | None) -> None:
    one = msgspec.structs.replace(
        WRITER, channels={CITY: (3, 5)}, kinds=("submission", "reference")
    )
    trust = offices.first_trust(writers=[CITY_PC.enrolled([COUNTY]), one])
    asked: dict[str, Any] = {
        "writer": COUNTY_PC.writer,
        "kind": "submission",
        "to": CITY,
        "seq": 4,
    } | changes
    key = COUNTY_PC.key.public
    assert refusal_if_any(lambda: require_writer(trust, key, **asked)) == found


def test_without_a_trust_document_nobody_is_known() -> None:
    key, name = COUNTY_PC.key.public, COUNTY_PC.writer
    asked: dict[str, Any] = {"writer": name, "kind": "submission", "to": CITY, "seq": 1}
    nobody = Trust((), msgspec.structs.replace(DOCUMENT, writers=()))
    assert refusal(lambda: require_writer(None, key, **asked)) == ("SIGNER_UNKNOWN", name)
    assert refusal(lambda: require_writer(nobody, key, **asked)) == ("SIGNER_UNKNOWN", name)
