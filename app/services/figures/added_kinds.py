"""分类统计 of what a campaign adds: a table for each field that is chosen, ticked or a number."""

from __future__ import annotations

from app.domain.kernel.codelist import Code, CodeList
from app.domain.kernel.fields import FieldSpec, HasExtraFields, Kind, added_to
from app.domain.records import Record
from app.services.figures.tally_kinds import KINDS, MEASURES, Measure, TallyKind
from database.state.added_parts import COUNTED, FILLED, NO, YES, name_of

_FLAG = (Code(YES, "是"), Code(NO, "否"))
_NUMBER = (Code(FILLED, "已填"),)
_YUAN = "元"


def kinds_of(campaign: HasExtraFields) -> tuple[TallyKind, ...]:
    """The tables of a campaign: those that every one has, then those of what it adds."""
    added = (
        _kind(record_type, spec)
        for record_type in MEASURES
        for spec in added_to(record_type, (campaign,))
        if spec.kind in COUNTED
    )
    return (*KINDS, *added)


def kind_of(name: str, campaign: HasExtraFields) -> TallyKind:
    """The table of this name; the first where the campaign has none of it (another one had)."""
    return next((one for one in kinds_of(campaign) if one.name == name), KINDS[0])


def column_title(kind: TallyKind, code: Code) -> str:
    """What a column of the 汇总表 is called that counts one kind: 困难帮扶, 取暖方式 煤."""
    if kind.codes.codes == _NUMBER:
        return kind.field
    return f"{kind.field} {code.label}".strip()


def _kind(record_type: type[Record], spec: FieldSpec) -> TallyKind:
    counted, part = MEASURES[record_type], name_of(spec)
    codes = spec.field.codes or CodeList(
        spec.name, spec.label, _FLAG if spec.kind is Kind.FLAG else _NUMBER
    )
    if spec.kind in (Kind.INTEGER, Kind.MONEY):
        money = spec.kind is Kind.MONEY
        unit = spec.field.unit or (_YUAN if money else "")
        counted = (Measure(part, spec.label, unit, money=money), *counted[:1])
    return TallyKind(
        f"{record_type.type_name}.{spec.name}",
        f"{record_type.label} · {spec.label}",
        record_type,
        part,
        codes,
        counted,
        several=spec.kind is Kind.CODES,
        field=spec.label,
    )
