"""疑似重复: records that may be one, each pair with its reasons; only a person decides."""

from __future__ import annotations

import msgspec

from app.domain.campaign.campaign_data import TO_COVER
from app.domain.doubles import Candidate, Kind
from app.domain.doubles import duplicates as find_duplicates
from app.domain.doubles.evidence import TYPES_OF
from app.domain.records import Record
from app.services.figures.figure_records import FigureRecords
from app.services.office.office import Office

_KIND_WORDS = {
    Kind.ENTERPRISE: "同一单位",
    Kind.PERSON: "同一个人",
    Kind.HOUSEHOLD: "同一户",
    Kind.VISIT: "同一次走访",
    Kind.AID: "重复帮扶",
}


class SideView(msgspec.Struct, frozen=True):
    """One of two records that may be one."""

    id: str
    number: str
    name: str
    unit: str
    unit_name: str


class PairView(msgspec.Struct, frozen=True):
    """Two records that may be one, why, and what speaks against it."""

    kind: str
    words: str
    type: str
    strength: str
    one: SideView
    other: SideView
    reasons: tuple[str, ...]
    against: tuple[str, ...]


class Candidates(msgspec.Struct, frozen=True):
    """疑似重复: nobody has decided yet (`open`), or a person said they are one (`settled`).

    `crowds` name what too many records share to be told apart by it.
    """

    open: tuple[PairView, ...]
    settled: tuple[PairView, ...]
    crowds: tuple[str, ...]


def duplicates(office: Office, campaign: str | None = None) -> Candidates:
    """What may be registered twice; only a person decides, with `reviewing.link`."""
    with office.store.read() as connection:
        gathered = FigureRecords(office, connection, campaign, whole=True)
    areas = gathered.ground.areas.values()
    places = {name for a in areas if a.kind not in TO_COVER for name in (a.name, *a.aliases)}
    found = find_duplicates(gathered.ground, places=sorted(places))
    return Candidates(
        tuple(_pair(gathered, pair) for pair in found.open),
        tuple(_pair(gathered, pair) for pair in found.settled),
        tuple(
            f"{_KIND_WORDS[crowd.kind]}：{len(crowd.records)}条记录的{crowd.what}相同，没有逐对比较。"
            for crowd in found.crowds
        ),
    )


def _pair(gathered: FigureRecords, pair: Candidate) -> PairView:
    record_type = TYPES_OF[pair.kind]
    return PairView(
        pair.kind,
        _KIND_WORDS[pair.kind],
        record_type.type_name,
        pair.strength,
        _side(gathered, record_type, pair.one),
        _side(gathered, record_type, pair.other),
        pair.reasons,
        pair.against,
    )


def _side(gathered: FigureRecords, record_type: type[Record], record: str) -> SideView:
    named = gathered.named(record_type, record)
    owner = gathered.ground.owner_of.get(record, "")
    return SideView(record, named.number, named.name, owner, gathered.unit_name(owner))
