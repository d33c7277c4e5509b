"""The comparison over records in memory: whole, or a few of them changed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import msgspec

from app.domain.campaign.campaign_data import CampaignData
from app.domain.doubles import Changed, Decisions, Doubles, Found, Kind
from app.domain.doubles.faces import AidTold, Faces, FirmTold, PersonTold, VisitTold
from app.domain.records import Aid, Enterprise, Person, Visit
from app.domain.values.resident_id import check_digit

USCC = ("91511100MA62800011", "915111007118000122")


def number(first17: str) -> str:
    """A resident number that holds."""
    return first17 + check_digit(first17)


def compared(ground: CampaignData) -> Found:
    """What is found among all records of a ground."""
    return filled(ground).found()


def filled(ground: CampaignData) -> Doubles:
    """A comparison with all records of a ground in it."""
    faces = Faces(ground)
    doubles = Doubles(faces.names, faces.counties, faces.office)
    doubles.update(changed(ground, faces), decisions(ground))
    return doubles


def decisions(ground: CampaignData) -> Decisions:
    """What was decided, by kind."""
    found: dict[Kind, list[tuple[str, str, bool]]] = {}
    for _, one in sorted(ground.links.items()):
        if one.same is not None and one.kind in set(Kind):
            found.setdefault(Kind(one.kind), []).append((one.one, one.other, one.same))
    return {kind: tuple(some) for kind, some in found.items()}


def changed(ground: CampaignData, faces: Faces, only: Mapping[str, Any] | None = None) -> Changed:
    """Every record of a ground as it is compared, or only those named; None where it is gone."""

    def made(records: Mapping[str, Any], face: Any) -> dict[str, Any]:
        wanted = records if only is None else [one for one in only if one in held]
        return {one: face(one, records[one]) if one in records else None for one in wanted}

    out = []
    for mark, records, face in (
        ("e", ground.enterprises, _firm),
        ("p", ground.persons, _person),
        ("v", ground.visits, _visit),
        ("d", ground.aids, _aid),
    ):
        held = [one for one in only or () if one.startswith(mark)]
        out.append(made(records, lambda one, record, f=face: f(ground, faces, one, record)))
    return Changed(*out)


def _firm(ground: CampaignData, faces: Faces, one: str, record: Enterprise) -> Any:
    told = FirmTold(
        record.name,
        record.aliases,
        record.uscc,
        record.area,
        record.address,
        record.headcount,
        record.management_telephone,
        record.union_telephone,
        record.management_contact,
        record.union_contact,
    )
    return faces.firm(ground.filed_by(one, record.unit), told)


def _person(ground: CampaignData, faces: Faces, one: str, record: Person) -> Any:
    told = PersonTold(
        record.name,
        record.resident_id,
        record.born.isoformat() if record.born else "",
        record.registered_area,
        record.enterprise,
        record.workplace,
        record.address,
        record.telephone,
        record.other_contact,
        record.bank_card,
        tuple((row.name, row.resident_id) for row in record.family),
    )
    return faces.person(ground.filed_by(one, record.unit), told)


def _visit(ground: CampaignData, faces: Faces, one: str, record: Visit) -> Any:
    told = VisitTold(
        record.campaign,
        record.enterprise,
        record.enterprise_name,
        record.visited_on.isoformat() if record.visited_on else "",
        record.group,
        record.level,
        record.area,
        msgspec.json.encode(record.leaders).decode() if record.leaders else "",
        record.workers_met,
        record.opinions,
    )
    return faces.visit(ground.filed_by(one, record.unit), told)


def _aid(ground: CampaignData, faces: Faces, one: str, record: Aid) -> Any:
    case = ground.cases.get(record.case)
    told = AidTold(
        record.case,
        record.person or (case.person if case else ""),
        record.given_on.isoformat() if record.given_on else "",
        record.type,
        _fen(record.money),
        _fen(record.goods_value),
        record.goods,
        record.fund,
    )
    return faces.aid(ground.filed_by(one, record.unit), told)


def _fen(money: Any) -> int:
    return int(Decimal(money) * 100) if money else 0
