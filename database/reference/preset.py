"""The records every office starts with: units, areas, campaigns and the roster of 附件1.

The shipped files become revisions that are the same, byte for byte, on every PC,
so that the city and its counties speak of one and the same unit from the first day.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from app.domain.kernel.readable import readable
from app.domain.kernel.uuid7 import uuid7
from app.domain.merging.revision import Revision, read, seal
from app.domain.records import Area, Campaign, Enterprise, Group, Record, Unit

CITY = "511100"
WRITER = f"{CITY}-00000000"
OPERATOR = "preset"
AT = "2011-07-04T00:00:00+08:00"
SCHEMA = 1
"""Of the record types when these files were written; a later version must not change an h."""

Sealed = tuple[str, bytes, Revision]
"""A revision's name h, its raw bytes, and what they say."""

_R = TypeVar("_R", bound=Record)
_NOW_MS = int(dt.datetime.fromisoformat(AT).timestamp() * 1000)


def preset(resources: Path) -> list[Sealed]:
    """The first revisions of all shipped records, always in the same order.

    `resources` is the folder that holds `campaigns/`. Raises `ValueError` or
    `msgspec.ValidationError` when a shipped file does not fit the record types.
    """
    sealed = [_sealed(unit, unit.code) for unit in units()]
    sealed += [_sealed(area, area.code) for area in areas()]
    for path in sorted((resources / "campaigns").glob("*.json")):
        sealed += _campaign(msgspec.json.decode(path.read_bytes()))
    return sealed


def units() -> tuple[Unit, ...]:
    """The shipped 填报单位, the city first (R2)."""
    return tuple(_record(Unit, row) for row in _rows("units.csv"))


def areas() -> tuple[Area, ...]:
    """The city, its counties and zones, and the 乡镇（街道）, former ones with `valid_to` (R6)."""
    return tuple(_record(Area, row) for row in _rows("divisions.csv"))


def tiles() -> Mapping[str, tuple[int, int]]:
    """Row and column of each county where the counties stand roughly as on a map."""
    return {row["code"]: (int(row["row"]), int(row["column"])) for row in _rows("tiles.csv")}


def unit_codes() -> frozenset[str]:
    """The codes of the shipped units, for the choice at set-up."""
    return frozenset(unit.code for unit in units())


def record_id(type_name: str, key: str) -> str:
    """The id of a shipped record.

    `key` is the `code` of a unit, area or campaign, else `<campaign>/<key in its file>`.
    """
    digest = hashlib.sha256(f"zoufang preset/{type_name}/{key}".encode()).digest()
    return uuid7(_NOW_MS, digest[:10])


def _campaign(shipped: Mapping[str, Any]) -> Iterator[Sealed]:
    """A campaign, then the enterprises and work groups its roster names (R54)."""
    campaign = _record(Campaign, shipped["campaign"])
    yield _sealed(campaign, campaign.code)
    for entry in shipped["enterprises"]:
        yield _sealed(_record(Enterprise, _without_key(entry)), f"{campaign.code}/{entry['key']}")
    for entry in shipped["groups"]:
        members = [
            record_id(Enterprise.type_name, f"{campaign.code}/{key}")
            for key in entry.get("enterprises", ())
        ]
        body = _without_key(entry) | ({"enterprises": members} if members else {})
        yield _sealed(_record(Group, body), f"{campaign.code}/{entry['key']}")


def _without_key(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name != "key"}


def _rows(name: str) -> Iterator[dict[str, Any]]:
    text = files("database.reference").joinpath(name).read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        body: dict[str, Any] = {column: value for column, value in row.items() if value}
        if "order" in body:
            body["order"] = int(body["order"])
        if "aliases" in body:
            body["aliases"] = body["aliases"].split("、")
        yield body


def _record(record_type: type[_R], body: Mapping[str, Any]) -> _R:
    """Decode a body, and refuse one that says more than the record holds (a misspelt member)."""
    record = msgspec.convert(body, readable(record_type))
    if _body(record) != body:
        raise ValueError(f"{record_type.type_name}: a member is unknown or empty in {body}")
    return record


def _body(record: Record) -> dict[str, Any]:
    """The JSON members by name, so that the order of fields in the code does not change an h."""
    body: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(record, order="sorted"))
    return body


def _sealed(record: Record, key: str) -> Sealed:
    h, raw = seal(
        Revision(
            id=record_id(record.type_name, key),
            type=record.type_name,
            schema=SCHEMA,
            parents=(),
            writer=WRITER,
            at=AT,
            by=OPERATOR,
            op="create",
            body=_body(record),
        )
    )
    return h, raw, read(raw)
