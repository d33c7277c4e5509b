"""Scanned pages that came: those that wait in the tray, those beside a record, and the way back.

waiting(office)                    # -> the tray, newest first
give(office, n, "沙湾-2011-0137")  # a page of the tray goes to a record by hand
take_back(office, account.run)     # one undo for all that was taken at one time
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress

from app.domain.checking.signed_paper import CAME, TRAY, Standing
from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.domain.records import TYPES, Record
from app.services.office.duties import needs, require_saving
from app.services.office.office import Office
from app.services.papers import scanned_slips
from app.services.papers.scan_account import Gap, PagesBack, Paper, gaps_among, told
from app.services.papers.scanned_paper import PRINTED, attach_within
from app.services.records import attachments
from app.services.records.saving import find_one
from database.books import scanned_pages
from database.books.scanned_pages import ScannedPage
from database.state.states import State
from database.store.engine import Connection


def waiting(office: Office, beside: str = "") -> tuple[Paper, ...]:
    """The tray: pages that went to no record, the newest first; then those `beside` a record."""
    with office.store.read() as connection:
        there = scanned_pages.of_record(connection, beside) if beside else []
        came = [row for row in there if row.standing in CAME]
        return told(connection, [*scanned_pages.standing_at(connection, TRAY), *came])


def gaps(office: Office) -> tuple[Gap, ...]:
    """Records of whose form some pages came and others did not."""
    with office.store.read() as connection:
        papers = told(connection, scanned_pages.standing_at(connection, CAME))
        return tuple(gaps_among(connection, papers))


def received_pages(office: Office, key: str) -> tuple[Paper, ...]:
    """The pages of paper that came of the record of this 编号; raises `UserError` NOT_FOUND."""
    with office.store.read() as connection:
        rows = scanned_pages.of_record(connection, _named(connection, key).id)
        return tuple(one for one in told(connection, rows) if one.standing not in TRAY)


_DIGITS = 16
"""Of the hash that a code has room for."""


@needs("key")
def give(office: Office, n: int, key: str, page: int = 0) -> Paper:
    """A page of the tray goes to the record of this 编号, as this page of it.

    Raises `UserError` NOT_FOUND, NO_PAGE, and as `records.saving.save`.
    """
    with office.store.write() as connection:
        row = _waiting_row(connection, n)
        state = _named(connection, key)
        own = state.owner == office.identity.station
        row = row._replace(
            type=state.record.type_name,
            record=state.id,
            page=page or row.page,
            standing=Standing.ATTACHED if own else Standing.RECEIVED,
            at=office.now(),
            by=office.operator,
            version=row.version or state.h[:_DIGITS],
        )
        if own:
            attach_within(office, connection, row)
        scanned_pages.settle(connection, row)
        return told(connection, [row])[0]


@needs("key")
def drop(office: Office, n: int) -> None:
    """A page of the tray is of no use; raises `UserError` NO_PAGE."""
    with office.store.write() as connection:
        scanned_pages.remove(connection, [_waiting_row(connection, n).n])


@needs("key")
def take_back(office: Office, run: int) -> PagesBack:
    """Undo what was taken at one time: the pages leave their records, and the tray.

    A record that cannot be changed now (作废, two versions) keeps its pages, and they are told.
    Raises `UserError` NOTHING_TO_UNDO.
    """
    with office.store.write() as connection:
        rows = scanned_pages.of_run(connection, run)
        if not rows:
            raise UserError("NOTHING_TO_UNDO", "没有可以撤回的扫描件。")
        attached = [row for row in rows if row.standing == Standing.ATTACHED]
        by_record: dict[tuple[str, str], set[str]] = defaultdict(set)
        for row in attached:
            by_record[row.type, row.record].add(row.sha256)
        kept = {
            one for one, pages in by_record.items() if not _left(office, connection, *one, pages)
        }
        staying = [row for row in attached if (row.type, row.record) in kept]
        slips = [row for row in rows if row.standing == Standing.TICKED]
        for row in slips:
            scanned_slips.untick(office, connection, row)
        scanned_pages.remove(connection, [row.n for row in rows if row not in staying])
        came = {(row.type, row.record) for row in rows if row.standing in CAME}
        changes = Changes.of(came - kept) | Changes(frozenset({"paper"} if slips else ()))
        return PagesBack(changes, told(connection, staying))


def _left(office: Office, connection: Connection, kind: str, record: str, pages: set[str]) -> bool:
    """Whether the pages left their record; not where it cannot be changed now."""
    try:
        require_saving(office, TYPES[kind])
        attachments.change_within(
            office,
            connection,
            TYPES[kind],
            record,
            lambda rows: [row for row in rows if row.get("sha256") not in pages],
        )
    except UserError:
        return False
    return True


def _waiting_row(connection: Connection, n: int) -> ScannedPage:
    row = scanned_pages.find(connection, n)
    if row is None or row.standing not in TRAY:
        raise UserError("NO_PAGE", "这一页已经不在待处理里了。", remedy="请刷新后再看。")
    return row


def _named(connection: Connection, key: str) -> State[Record]:
    """The record of a 编号 among those that have a form; raises `UserError` NOT_FOUND."""
    for kind in PRINTED[:-1]:
        with suppress(UserError):
            return find_one(connection, kind, key)
    return find_one(connection, PRINTED[-1], key)
