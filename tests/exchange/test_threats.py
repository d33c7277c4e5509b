"""Every row of the threat table that concerns bytes is provoked and gets its code (§5)."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.exchange.refusal import CODES
from tests.exchange import offices, spoil
from tests.exchange.attacks import ATTACKS, outcome
from tests.exchange.spoil import Desk

LEDGER = {"DUPLICATE", "APPLIED_WITH_GAP", "FORK", "CLOCK_SKEW"}
"""Codes only the caller's ledger can give."""
TRUSTS = {1: offices.first_trust(), 2: spoil.second_trust()}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_gets_its_code(tmp_path: Path, name: str) -> None:
    case = ATTACKS[name]
    path = offices.write(tmp_path, "attack.zfpkg", case.make(Desk(tmp_path)))
    before = sorted(tmp_path.iterdir())
    assert outcome(path, TRUSTS[case.known]) == case.code
    assert sorted(tmp_path.iterdir()) == before


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
