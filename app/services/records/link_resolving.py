"""What a link names: a record may be called by its 编号, its code, its name or another name of it.

One resolver for the desktop, the command line and Excel. What is kept is what
`Field.links` says: the code of types that have one, else the record's id.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import FieldSpec, Kind, by_name
from app.domain.kernel.text import lookup_key, match_key
from app.domain.records import TYPES, Campaign, Enterprise, Record, Unit
from app.domain.records.told import first_text, key_field, names_of
from app.services.office.office import Office
from app.services.records.campaign_choice import chosen
from app.services.records.enterprise_names import NamedUnit, enterprise_named
from app.services.records.field_words import texts_in
from app.services.records.same_units import joined
from app.services.records.units import unit_of
from database.state import states
from database.state.filters import equal, live
from database.store.engine import Connection

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Target:
    """A record that a link may mean: `key` is what is kept, `county` where an area lies."""

    key: str
    label: str
    county: str = ""


class Links:
    """Finds what links mean within one transaction; what was found once is remembered."""

    def __init__(self, office: Office, connection: Connection) -> None:
        self.office = office
        self.connection = connection
        self._campaigns: Mapping[str, Campaign] | None = None
        self._found: dict[tuple[str, str], str] = {}
        self._indexes: dict[type[Record], Mapping[str, list[Target]]] = {}
        self._own_unit: Unit | None = None

    @property
    def campaigns(self) -> Mapping[str, Campaign]:
        """All campaigns by code, the latest last."""
        if self._campaigns is None:
            rows = states.pick(self.connection, Campaign, ("starts", "code", "id", "h"))
            in_order = sorted(rows, key=lambda row: (row[0] or "", row[1]))
            self._campaigns = {code: self._campaign(key, h) for _, code, key, h in in_order}
        return self._campaigns

    def _campaign(self, record: str, h: str) -> Campaign:
        """A campaign is large and hardly ever changes: it is read once per version."""
        known = self.office.campaigns
        if h not in known:
            state = states.get(self.connection, Campaign, record)
            assert state is not None
            known[h] = state.record
        return known[h]

    @cached_property
    def chosen_campaign(self) -> str:
        """The code of the campaign that who is at work chose to look at, "" for none."""
        return chosen(self.office, self.connection, self.campaigns.values())

    @property
    def own_unit(self) -> Unit | None:
        """The reporting unit whose office this is."""
        if self._own_unit is None:
            self._own_unit = unit_of(self.connection, self.office.identity.station)
        return self._own_unit

    def linked(self, kind: type[R], key: str) -> R | None:
        """The record that a link as it is kept points at."""
        find = states.of_code if key_field(kind) == "code" else states.get
        state = find(self.connection, kind, key)
        return state.record if state else None

    def enterprise(self, name: str, area: str = "") -> NamedUnit | None:
        """The one unit of this name; raises `UserError` WHICH_ENTERPRISE."""
        return enterprise_named(self.connection, name, area)

    def resolve(self, specs: Iterable[FieldSpec], body: Mapping[str, Any]) -> dict[str, Any]:
        """The body with every link as it is kept; raises `UserError` as `key` does."""
        linking = {s.name: s for s in specs if s.kind in (Kind.LINK, Kind.LINKS)}
        return {
            name: self.value(linking[name], value) if name in linking else value
            for name, value in body.items()
        }

    def value(self, spec: FieldSpec, value: Any) -> Any:
        """One link, or a list of them, as kept."""
        if spec.kind is Kind.LINKS:
            return list(dict.fromkeys(self.key(spec, text) for text in value))
        return self.key(spec, value)

    def key(self, spec: FieldSpec, text: str) -> str:
        """What to keep for one link; raises `UserError` LINK_UNKNOWN, LINK_AMBIGUOUS.

        For a unit that is 重复 it is the one in its place.
        """
        wanted = (spec.field.links, text)
        if wanted not in self._found:
            self._found[wanted] = self._find(spec, text)
        found = self._found[wanted]
        to_unit = spec.field.links == Enterprise.type_name
        return self._joined.get(found, found) if to_unit else found

    @cached_property
    def _joined(self) -> Mapping[str, str]:
        return joined(self.connection)

    def _find(self, spec: FieldSpec, text: str) -> str:
        type_name = spec.field.links
        exact = self._exact(TYPES[type_name], text)
        if exact is not None:
            return exact
        for key in dict.fromkeys((text, lookup_key(text), match_key(text))):
            found = self._nearest(self._index(TYPES[type_name]).get(key, ()))
            if len(found) == 1:
                return found[0].key
            if found:
                raise _ambiguous(spec, text, found)
        label = TYPES[type_name].label
        raise UserError(
            "LINK_UNKNOWN",
            f"“{spec.label}”：没有找到{label}“{text}”。",
            remedy="请核对编号、代码或名称。",
        )

    def _exact(self, record_type: type[Record], text: str) -> str | None:
        """By code, id or 编号: what no two records share."""
        kept = key_field(record_type)
        for name in dict.fromkeys((kept, "id", "number")):
            found = states.pick(self.connection, record_type, (kept,), equal(name, text))
            if len(found) == 1:
                return str(found[0][0])
        return None

    def _nearest(self, found: Sequence[Target]) -> Sequence[Target]:
        """Of areas called the same, those of our own county."""
        county = self.own_unit.area if self.own_unit else ""
        here = [target for target in found if county and target.county == county]
        return here or found

    def _index(self, record_type: type[Record]) -> Mapping[str, list[Target]]:
        if record_type not in self._indexes:
            self._indexes[record_type] = self._read_index(record_type)
        return self._indexes[record_type]

    def _read_index(self, record_type: type[Record]) -> Mapping[str, list[Target]]:
        specs, names = by_name(record_type), names_of(record_type)
        of_place = [name for name in ("code", "county") if name in specs]
        columns = list(dict.fromkeys(("id", "number", *of_place, *names)))
        index: dict[str, list[Target]] = defaultdict(list)
        for values in states.pick(self.connection, record_type, columns, live()):
            row = dict(zip(columns, values, strict=True))
            target = Target(
                str(row.get("code") or row["id"]),
                str(row["number"] or row.get("code") or first_text(row[name] for name in names)),
                str(row.get("county") or ""),
            )
            for key in _spellings([specs[name] for name in names], row):
                index[key].append(target)
        return index


def _spellings(names: Iterable[FieldSpec], row: Mapping[str, Any]) -> Iterable[str]:
    texts = [text for spec in names for text in texts_in(spec, row[spec.name])]
    keys = [key for text in texts for key in (text, lookup_key(text), match_key(text))]
    return dict.fromkeys(keys)


def _ambiguous(spec: FieldSpec, text: str, found: Sequence[Target]) -> UserError:
    shown = "、".join(target.label for target in found[:5])
    return UserError(
        "LINK_AMBIGUOUS",
        f"“{spec.label}”：有{len(found)}个“{text}”，看不出是哪一个。",
        remedy=f"请改填编号或代码：{shown}。",
    )
