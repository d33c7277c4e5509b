"""Packages kept from every release are read for ever as they were on the first day."""

from __future__ import annotations

import json
from functools import cache

import pytest

from app.exchange.enrol import read_enrol
from app.exchange.packagereader import open_package
from app.exchange.records import Good
from app.exchange.trust import Trust
from tests.exchange import offices
from tests.exchange.attacks import outcome
from tests.exchange.offices import CODE, COUNTY_PC, NEW_ROOT, STRANGER
from tests.golden.make_packages import PACKAGES, Kept

RELEASES = sorted(path.name for path in PACKAGES.iterdir())


def entries(release: str) -> list[Kept]:
    manifest = json.loads((PACKAGES / release / "manifest.json").read_text(encoding="utf-8"))
    return [Kept(**entry) for entry in manifest]


def age_key(release: str, name: str) -> str:
    return (PACKAGES / release / "keys" / name).read_text().strip()


@cache
def trust_known(release: str, version: int) -> Trust | None:
    if version == 0:
        return None
    path = PACKAGES / release / "keys" / f"trust-{version}.zfpkg"
    with open_package(path, trust=None) as package:
        return package.new_trust


FILES = [
    pytest.param(release, entry, id=f"{release}/{entry.file}")
    for release in RELEASES
    for entry in entries(release)
]


@pytest.mark.parametrize(("release", "entry"), FILES)
def test_a_kept_package_still_gets_its_code(release: str, entry: Kept) -> None:
    found = outcome(
        PACKAGES / release / entry.file,
        trust_known(release, entry.trust),
        secret=age_key(release, entry.key),
        passphrase=entry.passphrase,
    )
    assert found == entry.code


@pytest.mark.parametrize("release", RELEASES)
def test_nothing_kept_is_left_out(release: str) -> None:
    files = {path.name for path in (PACKAGES / release).glob("*.zfpkg")}
    assert files == {entry.file for entry in entries(release)}


@pytest.mark.parametrize("release", RELEASES)
def test_the_kept_submission_has_the_same_content(release: str) -> None:
    path = PACKAGES / release / "submission.zfpkg"
    identities = [age_key(release, "city.age")]
    with open_package(path, trust=trust_known(release, 1), identities=identities) as package:
        assert package.header.writer == COUNTY_PC.writer
        assert package.index is not None
        assert package.index.cover.records == {"aid": 2, "visit": 1}
        assert sorted(one.facts.name or "" for one in package.attachments()) == [
            "照片.png",
            "签领表.jpg",
        ]
        lines = [one for one in package.lines() if isinstance(one, Good)]
    assert [(one.h, one.raw) for one in lines] == offices.some_lines()
    assert lines[0].revision.body == {"workers_met": 12, "note": "走访"}


@pytest.mark.parametrize("release", RELEASES)
def test_the_kept_chain_and_request_mean_the_same(release: str) -> None:
    newest = trust_known(release, 2)
    assert newest is not None
    assert (newest.version, newest.root) == (2, NEW_ROOT.key.public)
    path = PACKAGES / release / "enrol.zfpkg"
    with open_package(path, trust=newest, identities=[age_key(release, "city.age")]) as package:
        assert read_enrol(package).signing_key == STRANGER.key.public.text


@pytest.mark.parametrize("release", RELEASES)
def test_the_wrong_code_opens_nothing(release: str) -> None:
    path = PACKAGES / release / "reference.zfpkg"
    assert outcome(path, trust_known(release, 1), passphrase=CODE[:-1]) == "NOT_FOR_US"
