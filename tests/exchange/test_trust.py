"""The trust document: issued by the city, walked by every office, compared by telephone (§3)."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import pytest

from app.exchange.keys import PublicKey, SigningKey, check_code, same_code
from app.exchange.refusal import Refused
from app.exchange.trust import SignedVersion, Trust, issue, require_writer, walk
from tests.exchange import offices, spoil
from tests.exchange.offices import (
    CITY,
    CITY_PC,
    COUNTY,
    COUNTY_PC,
    GONE,
    NEW_ROOT,
    ROOT,
    SISTER_PC,
    STRANGER,
)


def third_trust() -> Trust:
    writers = [*offices.writers(), STRANGER.enrolled([CITY])]
    recipients = offices.recipients()
    return issue(spoil.second_trust(), NEW_ROOT.key, writers=writers, recipients=recipients)


def code_of(known: Trust | None, versions: list[SignedVersion]) -> str:
    with pytest.raises(Refused) as refused:
        walk(known, versions)
    return refused.value.code


def test_every_office_arrives_at_the_same_trust_from_wherever_it_stands() -> None:
    newest = third_trust()
    stations: list[Trust | None] = [None, offices.first_trust(), spoil.second_trust(), newest]
    assert [walk(known, newest.versions) for known in stations] == [newest] * 4
    assert newest.version == 3
    assert newest.root == NEW_ROOT.key.public


def test_the_newest_version_enrols_the_stranger() -> None:
    newest = third_trust()
    key = STRANGER.key.public
    assert newest.signer(key) == newest.writer(STRANGER.writer)
    assert spoil.second_trust().signer(key) is None
    assert newest.allowed_signers.count("\n") == 5
    assert newest.recipients(COUNTY, CITY, COUNTY) == [COUNTY_PC.age, CITY_PC.age]


def test_a_chain_never_goes_back() -> None:
    newest = third_trust()
    assert code_of(newest, list(newest.versions[:2])) == "TRUST_ROLLBACK"
    assert code_of(offices.first_trust(), []) == "TRUST_ROLLBACK"


def test_a_root_that_was_replaced_signs_nothing_more() -> None:
    with pytest.raises(Refused) as refused:
        issue(spoil.second_trust(), ROOT.key, writers=[], recipients=[])
    assert refused.value.code == "SIGNER_UNKNOWN"


def test_two_versions_of_one_number_are_noticed() -> None:
    first = offices.first_trust()
    one = issue(first, ROOT.key, writers=[], recipients=[])
    other = issue(first, ROOT.key, writers=offices.writers(), recipients=[])
    assert code_of(one, list(other.versions)) == "CHAIN_BREAK"


def test_what_is_known_already_is_judged_all_the_same() -> None:
    """A file that a new office would refuse is refused by every other office, too."""
    newest = third_trust()
    first, second, third = newest.versions
    junk = SignedVersion(first.document, b"junk")
    chatty = SignedVersion(first.document, first.signature, first.signature)
    silent = SignedVersion(second.document, second.signature)
    for chain, code in (
        ([junk, second, third], "SIG_BAD"),
        ([chatty, second, third], "EXTRA_MEMBER"),
        ([first, silent, third], "MISSING_MEMBER"),
    ):
        for known in (None, offices.first_trust(), spoil.second_trust(), newest):
            assert code_of(known, chain) == code


def test_a_version_left_out_or_doubled_breaks_the_chain() -> None:
    first, second, third = third_trust().versions
    assert code_of(None, [first, third]) == "SIGNER_UNKNOWN"
    assert code_of(None, [first, first]) == "CHAIN_BREAK"
    assert code_of(None, [second, third]) == "SIGNER_UNKNOWN"
    assert code_of(None, []) == "MISSING_MEMBER"


def test_a_new_root_must_sign_and_only_where_it_is_new() -> None:
    first, second, third = third_trust().versions
    silent = SignedVersion(second.document, second.signature)
    assert code_of(None, [first, silent]) == "MISSING_MEMBER"
    chatty = SignedVersion(third.document, third.signature, third.signature)
    assert code_of(None, [first, second, chatty]) == "EXTRA_MEMBER"
    wrong = SignedVersion(second.document, second.signature, second.signature)
    assert code_of(None, [first, wrong]) == "SIGNER_UNKNOWN"


def test_a_changed_document_is_not_what_was_signed() -> None:
    first, second, _ = third_trust().versions
    changed = SignedVersion(second.document + b" ", second.signature, second.new_root_signature)
    assert code_of(None, [first, changed]) == "SIG_BAD"


@pytest.mark.parametrize(
    "changes",
    [
        {"suites": ()},
        {"writers": [COUNTY_PC.enrolled([CITY]), COUNTY_PC.enrolled([COUNTY])]},
        {"writers": [COUNTY_PC.enrolled(["沙湾"])]},
        {"writers": [COUNTY_PC.enrolled([CITY], last=-1)]},
    ],
)
def test_a_malformed_version_is_not_even_issued(changes: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        offices.first_trust(**changes)
    assert refused.value.code == "INDEX_INVALID"


@pytest.mark.parametrize(
    ("key", "facts", "code"),
    [
        (STRANGER.key, {}, "SIGNER_UNKNOWN"),
        (SISTER_PC.key, {}, "SIGNER_NOT_WRITER"),
        (COUNTY_PC.key, {"kind": "restore"}, "KIND_FORBIDDEN"),
        (COUNTY_PC.key, {"kind": "reference"}, "KIND_FORBIDDEN"),
        (COUNTY_PC.key, {"to": SISTER_PC.station}, "KIND_FORBIDDEN"),
        (GONE.key, {"writer": GONE.writer, "seq": 9, "kind": "answer"}, "KIND_FORBIDDEN"),
        (GONE.key, {"writer": GONE.writer, "seq": 8}, "REVOKED"),
    ],
)
def test_authority_is_judged_in_order(key: SigningKey, facts: dict[str, Any], code: str) -> None:
    usual: dict[str, Any] = {
        "writer": COUNTY_PC.writer,
        "kind": "submission",
        "to": CITY,
        "seq": 1,
    }
    with pytest.raises(Refused) as refused:
        require_writer(offices.first_trust(), key.public, **usual | facts)
    assert refused.value.code == code


def test_a_kind_in_the_list_does_not_make_a_county_the_city() -> None:
    office = offices.Office("greedy", COUNTY, "county", ("submission", "reference"))
    trust = offices.first_trust(writers=[office.enrolled([CITY, COUNTY])])
    with pytest.raises(Refused) as refused:
        require_writer(
            trust, office.key.public, writer=office.writer, kind="reference", to=COUNTY, seq=1
        )
    assert refused.value.code == "KIND_FORBIDDEN"


def test_what_a_lost_pc_sent_before_still_counts() -> None:
    trust = offices.first_trust()
    found = require_writer(
        trust, GONE.key.public, writer=GONE.writer, kind="submission", to=CITY, seq=7
    )
    assert found.writer == GONE.writer


def test_the_check_code_is_read_over_the_telephone() -> None:
    code = offices.first_trust().check_code
    assert code == check_code(ROOT.key.public)
    assert [len(group) for group in code.split("-")] == [4, 4, 4, 4]
    for heard in (code.lower(), code.replace("-", " "), code.replace("0", "O").replace("1", "l")):
        assert same_code(heard, ROOT.key.public)
    assert not same_code(code, NEW_ROOT.key.public)
    assert not same_code("", ROOT.key.public)


def test_the_check_code_is_crockfords_base32_of_the_blobs_digest() -> None:
    for number in range(50):
        key = PublicKey(bytes([number]) * 32)
        plain = base64.b32encode(hashlib.sha256(key.blob).digest()[:10]).decode()
        ours = check_code(key).replace("-", "")
        assert ours.translate(str.maketrans(_CROCKFORD, _RFC_4648)) == plain


_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_RFC_4648 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
