"""What a review says, in words: the questions, the values proposed, field by field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.domain.kernel.fields import FieldSpec
from app.domain.records import Review
from app.services.records.field_words import Wording
from database.store.engine import Connection


def words_of(connection: Connection, specs: Mapping[str, FieldSpec], review: Review) -> str:
    """职工人数：请核对；走访日期改为2011-07-21（王主席，2011-07-22）；附言."""
    wording = Wording(connection)
    parts = [f"{label_of(specs, q.field)}：{q.text}" for q in review.questions]
    for one in review.proposals:
        spec = specs.get(one.field)
        value = wording.of(spec, one.value) if spec else str(one.value)
        parts.append(f"{label_of(specs, one.field)}改为{value}（{one.said_by}，{one.said_on}）")
    return joined([*parts, review.text])


def joined(parts: Iterable[str]) -> str:
    """Sentences with ； between them, whether or not each ended with 。."""
    *before, last = list(filter(None, parts)) or [""]
    return "；".join([*(part.rstrip("。；") for part in before), last])


def label_of(specs: Mapping[str, FieldSpec], name: str) -> str:
    """What a field is called; its name where it is not known here."""
    return specs[name].label if name in specs else name
