"""The first words of a record stand once its first day is over; corrections go beside them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from app.domain.checking.checks import Finding, Severity
from app.domain.checking.first_hand import altered, is_issued, overwritten, stands
from app.domain.kernel.fields import Kind, by_name
from app.domain.records import Record
from app.services.office.office import Office
from app.services.records.link_resolving import Links
from database.log import revisions
from database.store.engine import Connection

_CODE = "FIRST_HAND"
_WHOLE = "MADE_WHOLE"


def fixed(
    office: Office,
    connection: Connection,
    record_type: type[Record],
    record: str,
    body: Mapping[str, Any],
) -> frozenset[str]:
    """The fields of a kept record that nobody changes any more; tables still take new rows."""
    specs = by_name(record_type)
    if is_issued(record_type, body):
        return frozenset(specs) - frozenset(record_type.facts.growing)
    texts = [name for name in record_type.facts.first_hand if specs[name].kind is not Kind.ROWS]
    return frozenset(texts) if texts and _stand(office, connection, record) else frozenset()


def written_over(
    links: Links,
    record_type: type[Record],
    record: str,
    before: Mapping[str, Any],
    body: Mapping[str, Any],
) -> list[Finding]:
    """A 错误 for each field that a new body would write over and nobody changes any more."""
    if kept := altered(record_type, before, body):
        return list(_made_whole(record_type, kept))
    names = overwritten(record_type, before, body)
    if not names or not _stand(links.office, links.connection, record):
        return []
    return list(_findings(record_type, names))


def _stand(office: Office, connection: Connection, record: str) -> bool:
    saved = min((row.at for row in revisions.of_record(connection, record)), default="")
    return bool(saved) and stands(dt.datetime.fromisoformat(saved).date(), office.today())


def _findings(record_type: type[Record], names: tuple[str, ...]) -> Iterator[Finding]:
    for name in names:
        label = by_name(record_type)[name].label
        sentence = f"“{label}”是第一手记录，过了当天不能再改。"
        yield Finding(_CODE, Severity.ERROR, sentence, name, "请恢复原文，在“更正”里加一行写明。")


def _made_whole(record_type: type[Record], names: tuple[str, ...]) -> Iterator[Finding]:
    for name in names:
        label = by_name(record_type)[name].label
        when = "定稿" if record_type.facts.issued else "做出来"
        sentence = f"{record_type.label}的“{label}”{when}以后不能再改。"
        yield Finding(_WHOLE, Severity.ERROR, sentence, name, "做错了请作废，写明原因，再做一次。")
