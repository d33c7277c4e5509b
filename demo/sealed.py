"""Every package of the demonstration: kept in one place, and what its cover says."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import msgspec

from app.exchange.packagereader import inspect_package, open_package
from app.services.office.office import Office
from app.services.packages.trust_store import require_trust
from database.log import packages
from demo.places import CITY, Place
from demo.stage import Stage

ENROLMENT = ("trust", "enrol")
"""Kinds that hold no records of an office; a 启用包 is sealed with a code besides."""


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """One package: its file, who sealed it, its tip, and its cover where it has one."""

    path: Path
    place: Place
    tip: str
    kind: str
    to: str
    records: dict[str, int]
    sums: dict[str, str]


def keep_packages(stage: Stage) -> tuple[list[Kept], list[Path]]:
    """Copy all sealed packages out of the outboxes: those with records, and those to enrol."""
    data: list[Kept] = []
    others: list[Path] = []
    for place, office in stage.offices.items():
        for row in _sealed(office):
            file = office.kept.outbox(str(row.file))
            if row.kind not in ENROLMENT and inspect_package(file).header.recipients:
                path = shutil.copy2(file, stage.place_for("packages", file.name))
                data.append(_kept(stage, place, Path(path)))
            else:
                others.append(Path(shutil.copy2(file, stage.place_for("enrolment", file.name))))
    return data, others


def _sealed(office: Office) -> Sequence[packages.PackageRow]:
    with office.store.read() as connection:
        return packages.find(connection, direction="out", state="sealed")


def _kept(stage: Stage, place: Place, path: Path) -> Kept:
    """Read the cover as the city reads it: with its key and its trust document."""
    city = stage.offices[CITY]
    with city.store.read() as connection:
        trust = require_trust(connection)
    with open_package(path, trust=trust, identities=[city.secrets.age_identity]) as package:
        head, index = package.header, package.index
        assert index is not None
        return Kept(
            path=path,
            place=place,
            tip=package.tip,
            kind=head.kind,
            to=head.to,
            records=dict(index.cover.records),
            sums=dict(index.cover.sums),
        )


def for_outsiders(stage: Stage) -> tuple[Path, Path]:
    """The city's age identity and the list of signers, for the stock tools of package format §1."""
    city = stage.offices[CITY]
    with city.store.read() as connection:
        trust = require_trust(connection)
    identity, signers = stage.root / "city-identity.txt", stage.root / "allowed_signers"
    identity.touch(mode=0o600)
    identity.write_text(f"{city.secrets.age_identity}\n", encoding="ascii")
    signers.write_text(trust.allowed_signers, encoding="ascii")
    return identity, signers
