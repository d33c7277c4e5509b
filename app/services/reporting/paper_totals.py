"""The totals that stand on the 送审表 and the 报送单, counted over what was frozen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from app.documents.forms.review_sheet import Change, Sum, Total
from app.domain.campaign.dues import FORMS
from app.domain.merging.revision import Revision
from app.domain.records import TYPES, Aid, Document, Record, Visit
from app.domain.records.told import title_in
from app.services.records.record_folding import decode
from database.log import revisions
from database.store.engine import Connection

SUMMED = (
    ("帮扶金额", Aid, "money"),
    ("实物折价", Aid, "goods_value"),
)
OPS = {"edit": "修改", "merge": "合并", "void": "作废", "restore": "恢复", "adopt": "更正"}


@dataclass(frozen=True, slots=True)
class PaperTotals:
    """Counts, sums and changes, the units whose records are in it, the campaigns.

    `items` are the kinds of what is owed that it brings: kinds of 材料, and 登记表.
    """

    counts: tuple[Total, ...]
    sums: tuple[Sum, ...]
    changes: tuple[Change, ...]
    units: tuple[str, ...]
    campaigns: tuple[str, ...]
    items: tuple[str, ...]


def gather(connection: Connection, names: Iterable[str]) -> PaperTotals:
    """Count the newest of these revisions (h's) of each record; 作废 ones are only listed."""
    found = decode(row for name in names if (row := revisions.get(connection, name)))
    replaced = {parent for one in found.values() for parent in one.parents}
    newest = [one for h, one in found.items() if h not in replaced]
    live = [one for one in newest if one.op != "void"]
    return PaperTotals(
        counts=tuple(_counts(live)),
        sums=tuple(Sum(label, _sum(live, kind, member)) for label, kind, member in SUMMED),
        changes=tuple(_change(one) for one in newest if one.parents or one.op == "void"),
        units=_members(live, "unit"),
        campaigns=_members(live, "campaign"),
        items=(
            *_members([one for one in live if one.type == Document.type_name], "kind"),
            *[FORMS] * any(one.type == Visit.type_name for one in live),
        ),
    )


def _counts(live: list[Revision]) -> Iterator[Total]:
    by_type = Counter(one.type for one in live)
    for name, kind in TYPES.items():
        if by_type[name]:
            yield Total(kind.label, by_type[name], "条")
    visits = [one.body for one in live if one.type == Visit.type_name]
    if visits:
        visited = {body.get("enterprise") or body.get("enterprise_name") for body in visits}
        yield Total("走访单位", len(visited), "家")
        met = sum(int(body.get("workers_met") or 0) for body in visits)
        yield Total("走访职工", met, "人次")


def _sum(live: list[Revision], record_type: type[Record], member: str) -> Decimal:
    amounts = (one.body.get(member) for one in live if one.type == record_type.type_name)
    return sum((Decimal(amount) for amount in amounts if amount), Decimal(0))


def _change(one: Revision) -> Change:
    return Change(str(one.body.get("number", "")), _subject(one), OPS.get(one.op, "修改"))


def _subject(one: Revision) -> str:
    """What a record is called, or what it says where it has no name of its own."""
    kind = TYPES.get(one.type)
    text = ""
    if kind is not None:
        text = title_in(kind, one.body) or str(one.body.get(kind.facts.subject) or "")
    return text if len(text) <= 40 else f"{text[:39]}…"


def _members(live: list[Revision], name: str) -> tuple[str, ...]:
    return tuple(sorted({str(one.body[name]) for one in live if one.body.get(name)}))
