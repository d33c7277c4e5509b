"""The first trust document: taken only with the 核对码 that was heard (package format §3).

Whoever signs the first one decides who the city is, so a person compares.
"""

from __future__ import annotations

import datetime as dt

import msgspec

from app.domain.kernel.errors import UserError
from app.exchange.keys import PublicKey, same_code
from app.services.office.office import Office
from app.services.packages.trust_store import trust_now
from database.books import settings
from database.store.engine import Connection

FREE_TRIES = 5
"""Wrong codes in a row before the next one has to wait."""

_TRIES = "first trust"
_LONGEST = 60
"""Minutes that a try waits at most."""


class _Tries(msgspec.Struct, frozen=True):
    """How many wrong codes were typed, and when the last of them (RFC 3339)."""

    wrong: int
    at: str


def require_code(office: Office, root: PublicKey, code: str | None) -> None:
    """Compare the 核对码 heard with that of the first trust document.

    Called outside a transaction. Raises `UserError` CODE_NEEDED, CODE_WAIT,
    CODE_DIFFERS; wrong codes are counted.
    """
    if not (code or "").strip():
        raise UserError(
            "CODE_NEEDED",
            "这是第一次装入市总工会的登记文件，要先核对核对码。",
            why="不核对，别人可以冒充市总工会。",
            remedy="请到“设置”的“报送单位登记”装入，照启用函或电话里听到的输入核对码。",
        )
    _require_patience(office)
    if not same_code(code or "", root):
        _note_wrong(office)
        raise UserError(
            "CODE_DIFFERS",
            "核对码与启用包不一致。",
            remedy="请用电话与市总工会重新核对，不要使用这个启用包。",
        )


def is_first(office: Office) -> bool:
    """Whether nobody is known yet as the city."""
    return trust_now(office) is None


def _require_patience(office: Office) -> None:
    with office.store.read() as connection:
        tries = _tries(connection)
    over = tries.wrong - FREE_TRIES
    if over < 0:
        return
    until = dt.datetime.fromisoformat(tries.at) + dt.timedelta(minutes=min(2**over, _LONGEST))
    left = until - office.clock()
    if left > dt.timedelta():
        raise UserError(
            "CODE_WAIT",
            f"核对码已经连续输错{tries.wrong}次。",
            remedy=f"请{-(-left.seconds // 60)}分钟以后再试；先打电话向市总工会问清核对码。",
        )


def _note_wrong(office: Office) -> None:
    with office.store.write() as connection:
        tries = _tries(connection)
        settings.put(connection, _TRIES, _Tries(tries.wrong + 1, office.now()))


def _tries(connection: Connection) -> _Tries:
    return settings.get(connection, _TRIES, _Tries) or _Tries(0, "")
