"""The trust document: judged once for a folder of packages, and anew when it grows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.exchange.refusal import Refused
from app.exchange.trust import SignedVersion
from app.services.office.office import Office
from app.services.packages.trust_store import trust_now
from database.log import trusts
from database.log.trusts import TrustRow


def test_the_same_chain_is_judged_once(city: Office) -> None:
    first = trust_now(city)
    assert first is not None
    assert trust_now(city) is first


def test_a_chain_that_was_changed_in_the_store_is_judged_anew(city: Office) -> None:
    known = trust_now(city)
    assert known is not None
    last: SignedVersion = known.versions[-1]
    spoilt = replace(last, document=last.document.replace(b"511100", b"511101"))
    rows = [TrustRow(v.document, v.signature, v.new_root_signature) for v in known.versions[:-1]]
    with city.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM trust")
        trusts.put(
            connection,
            [*rows, TrustRow(spoilt.document, spoilt.signature, spoilt.new_root_signature)],
        )
    with pytest.raises(Refused):
        trust_now(city)
