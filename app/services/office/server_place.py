"""An office on a server: which one is wished for, whether somebody's data is there, notes of it."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import msgspec

from app.domain.kernel.errors import UserError
from app.domain.kernel.readable import readable
from app.services.office.folder import Folder
from app.services.office.small_files import shared
from database.store.engine import Connection, Store
from database.store.server_note import Server, server_of, tell_password, write_note

VARIABLE = "ZOUFANG_DATABASE_URL"
"""The address of the database, with its password if libpq does not find one elsewhere."""

AT_REST = (
    "记录放到服务器上以后，本程序不再给它们加密：保护它们的是服务器硬盘的加密和数据库的用户名、"
    "密码；管服务器的人看得到全部记录。报送用的钥匙、备份文件、报送文件仍然是加密的。"
)
"""What is said before records go to a server, and wherever somebody looks after them."""

AGREED = "知道了：服务器上的记录不再由本程序加密"
"""What is ticked before the first record goes there, and by each computer that joins."""

_SIGN = "office.json"
_MOST_AGREED = 100
"""Agreements that are kept: the first and the latest."""


class Agreed(msgspec.Struct, frozen=True):
    """Who agreed to how records are kept on the server, when (RFC 3339), and before what."""

    by: str
    at: str
    before: Literal["搬到服务器", "在服务器上建立", "加入服务器"]

    @property
    def words(self) -> str:
        """付志勇2011-07-21搬到服务器时."""
        return f"{self.by}{self.at[:10]}{self.before}时"


class Sign(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whose data is whole on a server, who agreed to how it is kept there, and when."""

    station: str
    name: str
    at: str
    agreed: tuple[Agreed, ...] = ()


def wished() -> Server | None:
    """The server of `ZOUFANG_DATABASE_URL`, if that is set; raises as `server_at`."""
    url = os.environ.get(VARIABLE)
    return server_at(url) if url else None


def server_at(url: str) -> Server:
    """The server of an address as it was typed; raises `UserError` SERVER_ADDRESS."""
    try:
        parts = urlsplit(url.strip())
        whole = bool(parts.scheme in ("postgresql", "postgres") and parts.path.strip("/"))
        parts.port  # noqa: B018  (a port that is no number is told by asking for it)
    except ValueError:
        whole = False
    if not whole:
        raise UserError(
            "SERVER_ADDRESS",
            "服务器的地址写得不对。",
            remedy="请写成 postgresql://用户名@服务器/数据库。",
        )
    server = Server(url.strip())
    tell_password(server)
    return server


def require_fitting(store: Path) -> None:
    """See that the server that is wished for, if any, is the one where `store` lies.

    Raises `UserError` STORE_IN_FILE, SERVER_DIFFERS, SERVER_ADDRESS.
    """
    server, here = wished(), server_of(store)
    if server is None:
        return
    why = f"这台电脑上设置了 {VARIABLE}。"
    if here is None:
        raise UserError(
            "STORE_IN_FILE",
            "这份数据还在本机的加密文件里，不在服务器上。",
            why=why,
            remedy="请先用 zoufang move-store 搬过去，或去掉这项设置；数据没有改动。",
        )
    if here.open_url != server.open_url:
        raise UserError(
            "SERVER_DIFFERS",
            f"这份数据在服务器“{here.words}”上，设置的却是“{server.words}”。",
            why=why,
            remedy="请核对地址。",
        )


def write_notes(folder: Folder, server: Server, *, with_root: bool = False) -> None:
    """Let the files of a folder say that they lie on this server."""
    write_note(folder.store, replace(server, part=""))
    write_note(folder.scans, replace(server, part="attachments"))
    for path in (folder.keyring, *([folder.root_key] * with_root)):
        write_note(path, replace(server, part="keyring"))


def sign_of(connection: Connection) -> Sign | None:
    """Whose whole data is there; None where there is none, or only what a cut left."""
    raw = shared(connection, _SIGN)
    return None if raw is None else msgspec.json.decode(raw, type=readable(Sign))


def put_sign(connection: Connection, sign: Sign) -> None:
    """Say that all is there; the last thing of a move or of setting up."""
    from database.store import server_files  # noqa: PLC0415  (only who has a server)

    server_files.put(connection, _SIGN, io.BytesIO(msgspec.json.encode(sign)))


def note_agreed(connection: Connection, agreed: Agreed) -> None:
    """Write down one more agreement beside the data; nothing where there is none any more."""
    sign = sign_of(connection)
    if sign is not None:
        known = (*sign.agreed[:1], *sign.agreed[1:][-_MOST_AGREED:], agreed)
        put_sign(connection, msgspec.structs.replace(sign, agreed=known))


def protection(connection: Connection, server: Server | None) -> str:
    """Where the records lie, what protects them there, and who agreed to it, for people."""
    if server is None:
        return "记录在这台电脑的数据文件夹里，整个加密，凭经办人的口令打开。"
    sign = sign_of(connection)
    who = "、".join(one.words for one in sign.agreed) if sign else ""
    return f"记录在服务器“{server.words}”上。{AT_REST}{f'知情同意：{who}。' if who else ''}"


def remove_sign(connection: Connection) -> None:
    """Say that it is nobody's data any more: it was moved elsewhere."""
    from database.store import server_files  # noqa: PLC0415  (only who has a server)

    server_files.remove(connection, _SIGN)


def require_sign(connection: Connection, server: Server) -> Sign:
    """Raise `UserError` NOTHING_THERE unless an office's whole data lies on the server."""
    sign = sign_of(connection)
    if sign is None:
        raise _nothing_there(server)
    return sign


def require_there(connection: Connection, server: Server) -> None:
    """The same, without reading whose it is."""
    from database.store import server_files  # noqa: PLC0415  (only who has a server)

    if server_files.facts(connection, _SIGN) is None:
        raise _nothing_there(server)


def _nothing_there(server: Server) -> UserError:
    return UserError(
        "NOTHING_THERE",
        f"服务器“{server.words}”上没有单位的数据。",
        why="还没有搬过去，或者已经搬走了。",
        remedy="请核对地址，或在有数据的那台电脑上用 zoufang move-store 搬过去。",
    )


@contextmanager
def vacant(folder: Folder, server: Server) -> Iterator[None]:
    """A place of one's own: tables without a row, and nobody else sets up there meanwhile.

    What an earlier try that was cut off left there goes. Raises `UserError` SERVER_TAKEN,
    `EnvironmentProblem` STORE_BUSY.
    """
    from database.upkeep import migrate, server_upkeep  # noqa: PLC0415  (only who has a server)

    with server_upkeep.alone(server):
        migrate.upgrade(folder.store, None)
        store = Store(folder.store, None)
        try:
            with store.read() as connection:
                sign = sign_of(connection)
        finally:
            store.close()
        if sign is not None:
            raise taken(server, sign)
        server_upkeep.clear(server)
        yield


def taken(server: Server, sign: Sign) -> UserError:
    """What to say where somebody's data lies on the server already."""
    return UserError(
        "SERVER_TAKEN",
        f"服务器“{server.words}”上已经有{sign.name}的数据，不能再放一份。",
        remedy="要一起用那份数据，请用 zoufang join 加入；否则请换一个空的数据库。",
    )
