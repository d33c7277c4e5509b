"""What somebody saw before they changed it: of two who change the same, the second is told.

Records have a base of their own; this is for settings and for the shared files.
"""

from __future__ import annotations

from typing import TypeVar

from app.domain.kernel.errors import UserError

T = TypeVar("T")


CODE = "CHANGED_MEANWHILE"


def require_seen(present: T, base: T | None, what: str, *, now: str = "") -> None:
    """Raise `UserError` CHANGED_MEANWHILE unless `present` is still what was seen.

    Called in the transaction that writes. Without a base nothing was looked at before, and
    nothing is refused. `now` says what stands there instead.
    """
    if base is None or present == base:
        return
    became = f"改成了“{now}”" if now else "改过"
    raise UserError(
        CODE,
        f"{what}刚才在另一个窗口或另一台电脑上{became}，这一次没有改。",
        remedy="仍要照您的改，请再做一次。",
    )
