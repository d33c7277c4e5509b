"""Records on a server (`ZOUFANG_DATABASE_URL`): asked for, and not yet given.

The store itself can lie on a PostgreSQL server, and the tests keep it there. What several
computers share besides (packages sent and received, the keyring) still lies in one folder, so
nobody is let into half of it.
"""

from __future__ import annotations

import os
from pathlib import Path

from app.domain.kernel.errors import UserError
from database.store.server_note import server_of

VARIABLE = "ZOUFANG_DATABASE_URL"


def require_no_wish(store: Path) -> None:
    """Raise `UserError` SERVER_NOT_YET where a server is wished for and `store` is a file."""
    if os.environ.get(VARIABLE) and server_of(store) is None:
        raise UserError(
            "SERVER_NOT_YET",
            "这个版本还不能把记录放到服务器上。",
            why=f"这台电脑上设置了 {VARIABLE}。",
            remedy="请去掉这项设置再打开；记录在本机的加密文件里，没有改动。",
        )
