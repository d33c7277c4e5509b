"""New records and changes of a sheet, put into the plan with their ids, 编号 and new units."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from app.domain.kernel.fields import FieldSpec, fields_of
from app.domain.records import Enterprise, Record
from app.services.office.office import Office
from app.services.records.asked_campaign import asked_of
from app.services.records.body_from_entry import not_asked
from app.services.records.bulk_links import BulkLinks
from app.services.records.bulk_saving import Planned
from app.services.records.checked_body import accepted
from app.services.records.numbers import Numbers
from app.services.records.prefill import prefill
from app.services.records.saving import unit_of_form
from app.services.workbooks.import_plan import Plan

_IDS = 500
"""Ids that are made together."""

_encode = msgspec.json.Encoder().encode


class RowPlanning:
    """Fills `plan` with what the rows of one type bring; `numbers` are the 编号 handed out."""

    def __init__(self, office: Office, links: BulkLinks, record_type: type[Record]) -> None:
        self.plan = Plan()
        self.numbers = Numbers(links)
        self._office, self._links, self._type = office, links, record_type
        self._ids: list[str] = []

    def add(self, record: Record, body: Mapping[str, Any]) -> tuple[str, str, int]:
        """A new record: its id, its 编号, and its place in the plan."""
        number = self.numbers.next(record)
        key = self._fresh_id()
        return key, number, self.put(type(record), key, (), {**body, "number": number})

    def put(
        self, kind: type[Record], key: str, parents: tuple[str, ...], body: Mapping[str, Any]
    ) -> int:
        """A record as it is to be written; its place in the plan."""
        parents = tuple(sorted(parents))
        planned = Planned(kind.type_name, key, parents, msgspec.Raw(_encode(body)))
        return self.plan.add(planned)

    def with_units(self, body: dict[str, Any]) -> dict[str, Any]:
        """A unit that no list knows yet is added to 单位名录 with what the row says of it."""
        for carry in self._type.facts.carried:
            typed = unit_of_form(self._type, carry, body)
            if typed is not None:
                filled = prefill(self._links, Enterprise, typed)
                filled, unit, _ = accepted(self._links, Enterprise, filled, {})
                key, _, _ = self.add(unit, filled)
                assert isinstance(unit, Enterprise)
                self._links.add_enterprise(key, unit)
                body = body | {carry.link: key}
        return body

    def require_added_fields(self, body: Mapping[str, Any], specs: Mapping[str, FieldSpec]) -> None:
        """What a campaign adds is filled in for that campaign only; raises UNKNOWN_FIELD."""
        if "extra" in body:
            row = {name: value for name, value in body.items() if name != "extra"}
            asked = asked_of(self._links, self._type, row, typed=body["extra"])
            known = {spec.name for spec in fields_of(self._type, asked) if spec.extra}
            for name in body["extra"].keys() - known:
                raise not_asked(specs[name])

    def _fresh_id(self) -> str:
        if not self._ids:
            self._ids = self._office.new_ids(_IDS)[::-1]
        return self._ids.pop()
