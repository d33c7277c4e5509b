"""同一 / 不同: what is decided of two records, with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.domain.records import (
    Link,
    Record,
    body_of,
)
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.records.append_revision import write
from app.services.records.saving import Saved, find_one
from app.services.records.who_and_when import who_and_when
from database.state import states
from database.state.filters import equal, live
from database.store.engine import Connection


class Decision(NamedTuple):
    """同一 / 不同: what is said of two records of a type, by id or 编号, and why.

    `kind` says what they are the same of, where that is not what they are (two files of
    one `household`). `known` is the link of the decision that stands before whoever decides, ""
    for none; None where that is no matter.
    """

    type: type[Record]
    one: str
    other: str
    same: bool
    reason: str
    kind: str = ""
    known: str | None = None


def link(
    office: Office,
    record_type: type[Record],
    one: str,
    other: str,
    *,
    same: bool,
    reason: str,
    kind: str = "",
) -> Saved:
    """同一 / 不同: remember a decision about two records, with its reason."""
    return link_all(office, (Decision(record_type, one, other, same, reason, kind),))[0]


@needs("decide")
def link_all(office: Office, decisions: Iterable[Decision]) -> list[Saved]:
    """Remember decisions about several pairs, all or none of them.

    Raises `UserError` STALE, with who decided what, where another decision than the `known` one
    stands about a pair.
    """
    told = list(decisions)
    if any(not one.reason.strip() for one in told):
        raise UserError("WHY", "要写明理由。", remedy="请填写理由。")
    with office.store.write() as connection:
        for one in told:
            _refuse_decided(connection, one)
        return [_link(office, connection, one) for one in told]


def _refuse_decided(connection: Connection, told: Decision) -> None:
    if told.known is None:
        return
    first, second = sorted((told.one, told.other))
    kind = equal("kind", told.kind or told.type.type_name)
    pair = equal("one", first) & equal("other", second)
    found = states.find(connection, Link, kind, pair, live(), order=("changed_at", "id"))
    if not found or found[-1].id == told.known:
        return
    last = found[-1]
    names = "与".join(find_one(connection, told.type, one).record.number for one in (first, second))
    verdict = "是同一个" if last.record.same else "不是同一个"
    raise UserError(
        "STALE",
        f"{who_and_when(connection, last.changed_by, last.changed_at)}已认定{names}{verdict}，"
        "您的没有写入。",
        remedy="不同意的，请在“已认定”里改回，再重新认定。",
    )


def _link(office: Office, connection: Connection, told: Decision) -> Saved:
    found = [find_one(connection, told.type, key) for key in (told.one, told.other)]
    first, second = sorted(state.id for state in found)
    owners = sorted({state.owner for state in found} - {office.identity.station})
    body = body_of(
        Link(
            kind=told.kind or told.type.type_name,
            one=first,
            other=second,
            same=told.same,
            reason=told.reason,
            stations=tuple(owners),
        )
    )
    state = write(office, connection, Link, office.new_id(), body, op="create")
    return Saved(state, (), Changes.of([(Link.type_name, state.id)]))
