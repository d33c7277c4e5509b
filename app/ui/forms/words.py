"""What a form says of a field by its definition."""

from __future__ import annotations

from app.domain.campaign.campaign_data import definition_of
from app.domain.kernel.fields import FieldSpec, Kind
from app.domain.records import Campaign


def is_sensitive(spec: FieldSpec) -> bool:
    """Whether the field, or a column of it, is masked until it is asked for."""
    columns = spec.columns if spec.kind is Kind.ROWS else ()
    return spec.field.sensitive or any(column.field.sensitive for column in columns)


def help_words(spec: FieldSpec, campaign: Campaign | None = None) -> str:
    """What a field is, in the words of its definition and of the campaign (口径)."""
    field = spec.field
    limit = f"最多{field.longest}字" if spec.kind in (Kind.TEXT, Kind.PROSE) else ""
    unit = f"单位：{field.unit}" if field.unit else ""
    parts = ("必填" if field.required else "", limit, unit, field.help)
    told = definition_of(campaign, spec.name, spec.label)
    words = f"{spec.label}。" + "；".join(filter(None, parts))
    return f"{words}{'' if words.endswith('。') else '。'}口径：{told}" if told else words
