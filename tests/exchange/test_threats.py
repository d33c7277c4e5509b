"""Every row of the threat table that concerns bytes is provoked and gets its code (§5)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from app.exchange.names import HEX64
from app.exchange.refusal import CODES, Parked, Refused
from tests.exchange import offices, spoil
from tests.exchange.attacks import ATTACKS, outcome, verdict
from tests.exchange.details import FORM, NAMED, NAMELESS, SCANS, SET_ASIDE, plain
from tests.exchange.spoil import Desk

LEDGER = {"DUPLICATE", "APPLIED_WITH_GAP", "FORK", "CLOCK_SKEW"}
"""Codes only the caller's ledger can give."""
TRUSTS = {1: offices.first_trust(), 2: spoil.second_trust()}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_gets_its_code(tmp_path: Path, name: str) -> None:
    case = ATTACKS[name]
    path = offices.write(tmp_path, "attack.zfpkg", case.make(Desk(tmp_path)))
    before = sorted(tmp_path.iterdir())
    found = verdict(path, TRUSTS[case.known])
    assert found.code == case.code
    if found.refused:
        require_named(found.refused, name)
    else:
        require_set_aside(found.parked, name)
    assert sorted(tmp_path.iterdir()) == before


def require_named(refused: Refused, name: str) -> None:
    """The refusal says in its words and for the log what it met."""
    detail = NAMED.get(name, "")
    if detail is None:
        assert refused.detail not in ("", "None")
    else:
        assert plain(refused.detail) == detail
    met = f"{refused.code}：{refused.detail}" if refused.detail else refused.code
    words = CODES[refused.code]
    assert str(refused) == f"{words.what}。（{met}）{words.remedy}"
    assert refused.outcome == words.outcome


def require_set_aside(parked: Sequence[Parked], name: str) -> None:
    """Exactly one line or scan is set aside, under its name, with the reason."""
    [one] = parked
    reason = SET_ASIDE[name]
    if name.startswith("scan"):
        assert one.h == SCANS[one.where]
    else:
        assert one.where == ("第 2 条" if name == "line-unended" else "第 1 条")
        assert (one.h is None) == (name in NAMELESS)
        assert one.h is None or HEX64.fullmatch(one.h)
    if reason is None:
        assert one.reason.startswith(f"{FORM}（")
        assert "None" not in one.reason
    else:
        assert one.reason == reason


def test_no_attack_of_the_tables_is_forgotten() -> None:
    assert NAMED.keys() | SET_ASIDE.keys() <= ATTACKS.keys()


def test_the_forgers_tools_alone_do_no_harm(tmp_path: Path) -> None:
    """A package only taken apart and put together again is accepted."""
    desk = Desk(tmp_path)
    for data in (desk.forgery().zip(), desk.forgery().whole()):
        assert outcome(offices.write(tmp_path, "p.zfpkg", data), TRUSTS[1]) == "OK"
    renewed = desk.trust(spoil.second_trust()).whole(offices.CITY_PC.key)
    assert outcome(offices.write(tmp_path, "t.zfpkg", renewed), TRUSTS[1]) == "OK"


def test_every_code_is_provoked_or_the_ledgers() -> None:
    assert {case.code for case in ATTACKS.values()} | LEDGER == set(CODES)


def test_every_code_says_in_chinese_what_happened_and_what_to_do() -> None:
    for words in CODES.values():
        assert not words.what.isascii()
        assert words.remedy.endswith("。")
