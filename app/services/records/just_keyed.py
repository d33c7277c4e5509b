"""What stands open to who keyed it: sensitive values that need no asking for on the same day.

Who has typed an ID number has it before them on paper still; a mask would only hide a slip of
the hand. It closes on the next day, for anybody else, and when the record was read against its
paper.
"""

from __future__ import annotations

from itertools import takewhile

from app.domain.merging.revision import Revision
from app.services.office.office import Office
from app.services.records.record_folding import decode
from database.log import revisions
from database.store.engine import Connection


def just_keyed(office: Office, connection: Connection, record: str) -> frozenset[str]:
    """The fields of a record whose values who is at work keyed here today.

    A table counts only when there was none before: other rows of it are others' work.
    """
    newest_first = list(decode(revisions.of_record(connection, record)).values())[::-1]
    mine = list(takewhile(lambda one: _is_mine(office, one), newest_first))
    if not mine:
        return frozenset()
    older = newest_first[len(mine) :]
    before = older[0].body if older else {}
    return frozenset(
        name
        for name, value in mine[0].body.items()
        if value != before.get(name) and not (isinstance(value, list) and before.get(name))
    )


def _is_mine(office: Office, one: Revision) -> bool:
    today = office.today().isoformat()
    here = one.by == office.operator and one.writer == office.identity.writer
    return here and one.at[:10] == today
