"""From what was typed to the whole body of a record, before it is checked."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.campaign.windows import windows_for
from app.domain.kernel.added_values import flat
from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import FieldSpec, Kind, added_to, by_name, fields_of
from app.domain.records import Campaign, Record
from app.domain.records.paper_mark import tidied
from app.domain.records.told import key_field
from app.domain.values.entry import read_body
from app.services.records.asked_campaign import asked_of, telling
from app.services.records.indicator_names import as_code
from app.services.records.link_resolving import Links
from app.services.records.prefill import follow_day, prefill, relinked
from database.state import states
from database.state.filters import equal


@dataclass(frozen=True, slots=True)
class Composer:
    """Composes one record's body; `before` is the body it had, None for a new record.

    With `keeps` what was typed for a campaign that the record then left is kept: who keys it sees
    each field.
    """

    links: Links
    record_type: type[Record]
    before: Mapping[str, Any] | None
    keeps: bool = False

    def compose(self, typed: Mapping[str, object]) -> dict[str, Any]:
        """What was typed over what was there, or over what other records say already."""
        typed = flat(typed)
        outline = self._outline(typed)
        named = self.links.campaigns.get(str(outline.get("campaign", "")))
        specs = self._specs(outline, typed) if outline else fields_of(self.record_type)
        self._require_asked(specs, typed)
        read = self.links.resolve(specs, self._read(specs, typed, named))
        if self.before is None:
            body = prefill(self.links, self.record_type, read)
        else:
            body = _edited(
                self.before, specs, typed, _with_row_ids(self.before, specs, typed, read)
            )
            body |= self._of_today(self.before, body, read)
            if not read.get("campaign"):
                body = follow_day(self.links, self.record_type, self.before, body)
            for one in self.record_type.facts.carried:
                if one.named and one.link not in read:
                    body = relinked(self.links, one, self.before, body)
        body = as_code(self.links, self.record_type, body)
        self._require_number(body)
        self._require_code(body)
        return tidied(specs, {**body, **self.record_type.facts.completed(body)})

    def _of_today(
        self, before: Mapping[str, Any], body: Mapping[str, Any], read: Mapping[str, Any]
    ) -> dict[str, Any]:
        """The days of what was changed and not dated."""
        today = self.links.office.today().isoformat()
        return {
            day: today
            for name, day in self.record_type.facts.dated.items()
            if day not in read and body.get(name) not in (None, before.get(name))
        }

    def _read(
        self, specs: tuple[FieldSpec, ...], typed: Mapping[str, object], chosen: Campaign | None
    ) -> dict[str, Any]:
        today = self.links.office.today()
        windows = windows_for(self.links.campaigns.values(), today, chosen)
        return read_body(specs, typed, today, windows)

    def _outline(self, typed: Mapping[str, object]) -> dict[str, Any]:
        """What tells of which campaign it is, read before all else, over what it was before.

        Nothing of a new record that names none and in which only the type's own fields are typed.
        """
        plain = by_name(self.record_type)
        own = {key: spec.name for spec in plain.values() for key in (spec.label, spec.name)}
        named = any(own.get(key) == Campaign.type_name and value for key, value in typed.items())
        if self.before is None and not named and own.keys() >= typed.keys():
            return {}
        names = telling(self.record_type, named=named or self.before is not None)
        given = {key: value for key, value in typed.items() if own.get(key) in names and value}
        specs = tuple(plain[name] for name in names)
        read = self.links.resolve(specs, self._read(specs, given, None))
        if self.before is None:
            return prefill(self.links, self.record_type, read)
        return {**self.before, **read}

    def _specs(
        self, outline: Mapping[str, Any], typed: Mapping[str, object]
    ) -> tuple[FieldSpec, ...]:
        names = [spec.name for spec in self._added if {spec.name, spec.label} & typed.keys()]
        beside = names if self.keeps else ()
        asked = asked_of(self.links, self.record_type, outline, typed=names, beside=beside)
        return fields_of(self.record_type, asked)

    def _require_asked(self, specs: tuple[FieldSpec, ...], typed: Mapping[str, object]) -> None:
        """What a campaign adds is filled in for its records only; raises UNKNOWN_FIELD."""
        known = {key for spec in specs for key in (spec.name, spec.label)}
        if unknown := typed.keys() - known:
            for spec in self._added:
                if {spec.name, spec.label} & unknown:
                    raise not_asked(spec)

    @property
    def _added(self) -> tuple[FieldSpec, ...]:
        """What any campaign adds to the type."""
        return added_to(self.record_type, self.links.campaigns.values())

    def _require_number(self, body: Mapping[str, Any]) -> None:
        """A 编号 is given once and never changes, so that telephone and paper can rely on it."""
        number = body.get("number")
        if self.before is not None and number != self.before.get("number"):
            raise UserError("NUMBER_FIXED", "编号不能更改。", remedy="请保留原来的编号。")
        if self.before is None and number and self._is_taken(number):
            raise UserError(
                "NUMBER_TAKEN", f"编号“{number}”已经用过。", remedy="新记录的编号请留空。"
            )

    def _require_code(self, body: Mapping[str, Any]) -> None:
        """The code of a campaign, a unit or an area is what all other records name it by."""
        fixed = key_field(self.record_type) == "code" and self.before is not None
        if fixed and self.before and body.get("code") != self.before.get("code"):
            label = by_name(self.record_type)["code"].label
            raise UserError(
                "CODE_FIXED",
                f"“{label}”不能更改。",
                why="别的记录都用它来认。",
                remedy="请保留原来的代码；要换代码请新增一条。",
            )

    def _is_taken(self, number: str) -> bool:
        same = equal("number", number)
        return states.count(self.links.connection, self.record_type, same) > 0


def not_asked(spec: FieldSpec) -> UserError:
    """Why what one campaign adds is not filled in for a record of another."""
    return UserError(
        "UNKNOWN_FIELD",
        f"这条记录的活动没有“{spec.label}”这一项。",
        remedy="请核对它的活动、走访和日期，或清空这一项。",
    )


def _edited(
    before: Mapping[str, Any],
    specs: tuple[FieldSpec, ...],
    typed: Mapping[str, object],
    read: Mapping[str, Any],
) -> dict[str, Any]:
    """What was given stands, what was given empty goes, the rest stays; so too in `extra`."""
    named = {spec.label: spec for spec in specs} | {spec.name: spec for spec in specs}
    given = [named[name] for name in typed]
    body = _overlaid(before, read, {spec.name for spec in given if not spec.extra})
    added = {spec.name for spec in given if spec.extra}
    extra = _overlaid(before.get("extra", {}), read.get("extra", {}), added)
    body.pop("extra", None)
    return body | ({"extra": extra} if extra else {})


def _with_row_ids(
    before: Mapping[str, Any],
    specs: tuple[FieldSpec, ...],
    typed: Mapping[str, object],
    read: Mapping[str, Any],
) -> dict[str, Any]:
    """Rows typed without an id keep that of the row in their place; a row beyond gets a new one.

    Two computers that each add a row so add two, not one that differs.
    """
    fresh = dict(read)
    for spec in specs:
        given = typed.get(spec.name, typed.get(spec.label))
        if spec.kind is Kind.ROWS and isinstance(given, list | tuple) and spec.name in read:
            known = [row["id"] for row in before.get(spec.name, ())]
            taken = {row.get("id") for row in given}
            free = [one for one in known if one not in taken]
            fresh[spec.name] = [
                row if typed_row.get("id") else {**row, "id": free.pop(0) if free else _row_id()}
                for row, typed_row in zip(read[spec.name], given, strict=True)
            ]
    return fresh


def _row_id() -> str:
    return os.urandom(4).hex()


def _overlaid(
    before: Mapping[str, Any], read: Mapping[str, Any], given: set[str]
) -> dict[str, Any]:
    return {name: value for name, value in before.items() if name not in given} | dict(read)
