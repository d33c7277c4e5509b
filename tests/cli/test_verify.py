"""`verify`: whole or not, signed by whom, without a data folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.line import ask, say
from tests.exchange import offices, spoil
from tests.exchange.offices import CITY, CITY_PC, COUNTY_PC, GONE, STRANGER
from tests.exchange.spoil import Desk


@pytest.fixture
def trust(tmp_path: Path) -> Path:
    """A trust package as the city gives it out."""
    return offices.write(tmp_path, "trust", Desk(tmp_path).trust(offices.first_trust()).zip())


def test_a_writer_in_the_trust_document_is_named(tmp_path: Path, trust: Path) -> None:
    package = Desk(tmp_path).sealed()
    assert ask("verify", package, "--trust", trust)["signer_checked"] is True
    assert f"签名的是已登记的 {COUNTY_PC.writer}" in say("verify", package, "--trust", trust).out
    assert ask("verify", package)["signer_checked"] is False


def test_a_request_to_be_enrolled_is_signed_by_somebody_not_yet_enrolled(
    tmp_path: Path, trust: Path
) -> None:
    request = Desk(tmp_path).enrol()
    seen = ask("verify", request, "--trust", trust)
    assert (seen["sound"], seen["signer_checked"]) == (True, False)
    told = say("verify", request, "--trust", trust).out
    assert "已登记的" not in told
    assert f"{STRANGER.writer}还没有登记" in told


def test_a_trust_document_comes_from_any_hand_and_that_is_said(tmp_path: Path, trust: Path) -> None:
    newer = Desk(tmp_path).trust(spoil.second_trust(), STRANGER).zip()
    passed_on = offices.write(tmp_path, "passed-on", newer)
    seen = ask("verify", passed_on, "--trust", trust)
    assert (seen["signer_checked"], seen["trust_version"]) == (False, 2)
    assert "已登记的" not in say("verify", passed_on, "--trust", trust).out
    assert ask("verify", trust, "--trust", trust)["signer_checked"] is True


def test_a_writer_no_longer_in_use_is_called_that(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    ended = offices.first_trust(writers=[GONE.enrolled([CITY], last=7), CITY_PC.enrolled(["all"])])
    trust = offices.write(tmp_path, "trust", desk.trust(ended).zip())
    assert "登记已经停用" in say("verify", desk.sealed(GONE), "--trust", trust).out
    assert "停用" not in say("verify", trust, "--trust", trust).out


def test_an_attack_is_called_by_its_code(tmp_path: Path, trust: Path) -> None:
    stolen = offices.write(tmp_path, "stolen", spoil.flipped(Desk(tmp_path), "bag-info.txt"))
    said = say("verify", stolen, "--trust", trust, "--json")
    assert (said.status, said.json["error"]["code"]) == (1, "HASH_MISMATCH")
