"""Records as a command shows them; sensitive fields are masked everywhere (R71)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from app.domain.kernel.added_values import flat
from app.domain.kernel.fields import FieldSpec, Kind, by_name
from app.domain.merging.merge import field_of
from app.domain.records import Record, body_of
from app.domain.values.resident_id import mask

if TYPE_CHECKING:
    from app.exchange.packagewriter import Sealed
    from app.services.records.record_versions import Version
    from app.services.reviewing.trays import TrayItem
    from database.state.states import State

_HIDDEN = "*" * 10
_BRIEF = (Kind.TEXT, Kind.NAMES, Kind.DATE, Kind.INTEGER, Kind.MONEY, Kind.CODE)
_COMMON = ("number", "unit", "campaign")


def state_value(state: State[Record]) -> dict[str, Any]:
    """One record for a machine."""
    specs = by_name(type(state.record))
    return {
        "type": state.record.type_name,
        "id": state.id,
        "number": state.record.number,
        "h": state.h,
        "owner": state.owner,
        "void": state.void,
        "changed_at": state.changed_at,
        "changed_by": state.changed_by,
        "writer": state.writer,
        "record": _masked(specs, body_of(state.record)),
        "conflicts": _guarded(specs, state.conflicts),
        "pending": _guarded(specs, state.pending),
    }


def _masked(specs: Mapping[str, FieldSpec], body: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _masked_value(specs.get(name), value) for name, value in body.items()}


def _masked_value(spec: FieldSpec | None, value: Any) -> Any:
    if spec is None:
        return value
    if spec.field.sensitive:
        return _star(value)
    if spec.kind is Kind.ROWS:
        columns = {column.name: column for column in spec.columns}
        return [_masked(columns, row) for row in value]
    return value


def _star(value: Any) -> str:
    """Numbers of a card keep their first six and last two digits; the rest says nothing."""
    return mask(value) if isinstance(value, str) and value[:6].isdigit() else _HIDDEN


def _guarded(specs: Mapping[str, FieldSpec], told: Mapping[str, Any]) -> dict[str, Any]:
    """What is said about fields, without the values of sensitive ones."""
    return {path: _HIDDEN if _is_sensitive(specs, path) else told[path] for path in told}


def _is_sensitive(specs: Mapping[str, FieldSpec], path: str) -> bool:
    spec = specs.get(field_of(path))
    if spec is None:
        return False
    return spec.field.sensitive or any(column.field.sensitive for column in spec.columns)


def brief(state: State[Record]) -> str:
    """One line: 编号 and the first things that tell a record from others."""
    specs = [
        spec
        for spec in by_name(type(state.record)).values()
        if spec.kind in _BRIEF and not spec.field.hidden and spec.name not in _COMMON
    ]
    specs.sort(key=lambda spec: not spec.field.required)
    body = body_of(state.record)
    shown = [shown_value(s, body[s.name]) for s in specs if body.get(s.name) is not None]
    marks = ["作废"] * state.void + ["填写不一致"] * bool(state.conflicts)
    marks += ["待县确认"] * bool(state.pending)
    return "  ".join([state.record.number or state.id, *shown[:3], *marks])


def added_value(state: State[Record], specs: Mapping[str, FieldSpec]) -> dict[str, str]:
    """What a record says in the fields that campaigns add, by what they are called."""
    said = _filled(specs, flat(body_of(state.record)))
    return {spec.label: shown_value(spec, value) for spec, value in said if spec.extra}


def details(state: State[Record], specs: Mapping[str, FieldSpec]) -> list[str]:
    """Every filled field of a record, one per line, and what is open about it."""
    body = flat(body_of(state.record))
    lines = [f"{spec.label}：{shown_value(spec, value)}" for spec, value in _filled(specs, body)]
    lines += [f"填写不一致：{_labelled(specs, path)}" for path in state.conflicts]
    lines += [f"待县确认：{_labelled(specs, path)}" for path in state.pending]
    return [*lines, *(["已作废"] if state.void else []), f"版本：{state.h[:12]}"]


def _filled(
    specs: Mapping[str, FieldSpec], body: Mapping[str, Any]
) -> Iterable[tuple[FieldSpec, Any]]:
    return ((s, body[n]) for n, s in specs.items() if n in body and not s.field.hidden)


def _labelled(specs: Mapping[str, FieldSpec], path: str) -> str:
    spec = specs.get(field_of(path))
    return spec.label if spec else path


def labels(specs: Mapping[str, FieldSpec], names: Iterable[str]) -> str:
    """The labels of these fields."""
    return "、".join(_labelled(specs, name) for name in names)


def shown_value(spec: FieldSpec, value: Any) -> str:
    """A field's value in words."""
    if spec.field.sensitive:
        return _star(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if spec.kind is Kind.ROWS:
        return f"{len(value)}行"
    if isinstance(value, list | tuple):
        return "、".join(_word(spec, one) for one in value)
    return f"{_word(spec, value)}{spec.field.unit}"


def _word(spec: FieldSpec, value: Any) -> str:
    return spec.field.codes.label_of(value) if spec.field.codes else str(value)


def version_value(
    record_type: type[Record], version: Version, names: Mapping[str, str]
) -> dict[str, Any]:
    """One save in a record's history for a machine."""
    revision = version.revision
    return {
        "h": version.h,
        "parents": revision.parents,
        "at": revision.at,
        "by": revision.by,
        "operator": names.get(revision.by, ""),
        "writer": revision.writer,
        "op": revision.op,
        "why": revision.why,
        "status": version.status,
        "changed": version.changed,
        "record": _masked(by_name(record_type), revision.body),
    }


def sealed_value(sealed: Sealed) -> dict[str, Any]:
    """A package just sealed, for a machine."""
    head = sealed.header
    return {
        "package_id": head.package_id,
        "kind": head.kind,
        "to": head.to,
        "seq": head.seq,
        "part": head.part,
        "tip": sealed.tip,
        "size": sealed.size,
        "lines": sealed.lines,
    }


def tray_value(item: TrayItem) -> dict[str, Any]:
    """What the office above said of one record, for a machine."""
    return {
        "review": state_value(item.review),
        "type": item.type,
        "record": state_value(item.record),
        "open": item.open,
    }
