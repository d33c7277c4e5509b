"""送审: what is to be sent is frozen with its totals, for the leader to sign (R40, R42)."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from app.domain.kernel.errors import UserError
from app.domain.records import TYPES
from app.exchange.totals import Totals, of_body
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.office.seen_base import require_seen
from app.services.records.record_folding import decode
from app.services.reporting import report_marks
from app.services.reporting.frozen_report import (
    Frozen,
    Report,
    ReportKind,
    addressee,
    newest,
    refuse_city,
    report_from,
    unsent,
)
from app.services.reporting.report_check import KEPT, examine
from app.services.reporting.reporting_steps import Situation
from app.services.reporting.year_end import year_end_bundle
from database.books import reports
from database.log.revisions import Written
from database.log.unsent_revisions import Sealable
from database.store.engine import Connection


@needs("prepare")
def freeze(office: Office, kind: ReportKind = "daily", *, base: Situation | None = None) -> Report:
    """送审: freeze what is to be sent and its totals.

    `base` is where the 报送 was seen to be before: what a colleague froze or signed since is not
    given up. Raises `UserError` NOTHING_TO_SEND, NO_SUPERIOR, CHANGED_MEANWHILE, or CHECKS_OPEN
    while 错误 remain.
    """
    refuse_city(office)
    with office.store.read() as connection:
        checked = _names(unsent(office, connection, addressee(office, connection)))
        found = examine(office)
    blocking = [p for p in found if p.severity == "错误"]
    if blocking:
        first = blocking[0]
        raise UserError(
            "CHECKS_OPEN",
            f"还有{len(blocking)}处错误，不能送审。",
            why=f"{TYPES[first.type].label}{first.number}：{first.sentence}",
            remedy=first.remedy,
        )
    with office.store.write() as connection:
        to = addressee(office, connection)
        rows = unsent(office, connection, to)
        if not rows:
            raise UserError("NOTHING_TO_SEND", "没有需要报送的新内容。")
        require_seen(_names(rows), checked, "要报送的记录")
        _require_seen(connection, base)
        enclosures, lacking = year_end_bundle(office, connection) if kind == "annual" else ((), ())
        content = _frozen(to, rows, enclosures, lacking)
        reports.replace_open(connection)
        row = reports.add(connection, kind, office.now(), msgspec.json.encode(content).decode())
        kept = sum(one.severity == KEPT for one in found)
        told = f"错误 0，提醒 {len(found) - kept}" + (f"，已说明 {kept}" if kept else "")
        frozen = report_marks.mark(office, note=told)
        report_marks.note(connection, row.n, "frozen", frozen)
    return report_from(row)


def _names(rows: Sequence[Sealable]) -> tuple[str, ...]:
    return tuple(row.h for row in rows)


def _require_seen(connection: Connection, base: Situation | None) -> None:
    present = newest(connection)
    seen = None if base is None else (base.report,)
    require_seen((present,), seen, "这次报送", now=present.words if present else "")


def _frozen(
    to: str, rows: Sequence[Written], enclosures: tuple[str, ...], lacking: tuple[str, ...]
) -> Frozen:
    totals = Totals()
    totals.add(list(decode(rows).items()), of_body)
    cover = totals.cover()
    return Frozen(to, tuple(row.h for row in rows), cover.records, cover.sums, enclosures, lacking)
