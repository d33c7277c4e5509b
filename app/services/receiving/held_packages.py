"""留存: packages whose writer is not enrolled, kept within bounds until somebody decides."""

from __future__ import annotations

from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.domain.records import Operator
from app.services.office.duties import needs
from app.services.office.office import Office
from database.log import packages
from database.log.packages import PackageRow
from database.state import states
from database.store.engine import Connection

MOST_HELD = 100
MOST_BYTES = 1_000_000_000
"""So many files and bytes of writers nobody knows are kept."""

FULL = f"报送单位还没有登记，留存的文件已满（{MOST_HELD}份或1 GB），这一份没有留存。"
FULL_REMEDY = "请先在“设置”办理报送单位登记，或者放弃不再需要的留存文件，再收一次。"


def has_room(connection: Connection, row: PackageRow) -> bool:
    """Whether one more file may be held."""
    held = packages.find(connection, direction="in", state="held")
    size = sum(one.size or 0 for one in held) + (row.size or 0)
    return len(held) < MOST_HELD and size <= MOST_BYTES


def held(office: Office) -> list[PackageRow]:
    """Everything that is held, oldest first."""
    with office.store.read() as connection:
        return packages.find(connection, direction="in", state="held")


@needs("give up")
def discard(office: Office, package: int, reason: str) -> Changes:
    """放弃留存: a held file is deleted; the ledger keeps who did it, when and why.

    It can be received anew. Raises `UserError` WHY, NOT_HELD.
    """
    if not reason.strip():
        raise UserError("WHY", "要写明理由。", remedy="请填写理由。")
    with office.store.write() as connection:
        rows = packages.find(connection, n=package, direction="in", state="held")
        if not rows:
            raise UserError("NOT_HELD", "这个文件没有留存。", remedy="请刷新列表后再看。")
        note = f"{rows[0].note or ''}（{_who(office, connection)}放弃留存：{reason.strip()}）"
        packages.update(connection, package, state="refused", file=None, note=note)
        office.kept.forget(connection, office.folder.inbox / str(rows[0].file))
    (office.folder.inbox / str(rows[0].file)).unlink(missing_ok=True)
    return Changes(frozenset({"package"}))


def _who(office: Office, connection: Connection) -> str:
    person = states.get(connection, Operator, office.operator)
    return f"{office.today().isoformat()} {person.record.name if person else office.operator}"
