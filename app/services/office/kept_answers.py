"""What took long to work out, kept in the store for the next session: recalled, or made anew.

What is recalled says where the log stood; whether it still holds, only who made it can tell.
"""

from __future__ import annotations

import zlib
from contextlib import suppress
from typing import TypeVar

import msgspec

from app.domain.kernel.errors import EnvironmentProblem, UserError
from app.domain.kernel.readable import readable
from app.services.office.office import Office
from app.services.office.program_digest import program_digest
from app.services.office.store_mark import StoreMark, store_mark
from database.books import worked_out
from database.books.worked_out import WorkedOut
from database.store.engine import Connection

T = TypeVar("T")

_MOST = 256 << 20
"""Bytes that are unpacked at most."""
_DIGEST = 64


def recall(connection: Connection, name: str, kind: type[T]) -> tuple[StoreMark, T] | None:
    """What was last found under a name, and where the store stood then.

    None where nothing is known, another version of the program found it, or it cannot be read.
    """
    row = worked_out.get(connection, name)
    if row is None or not row.content.startswith(program_digest().encode()):
        return None
    if _is_before(store_mark(connection), StoreMark(row.n, row.turned)):
        return None
    packed = zlib.decompressobj()
    with suppress(zlib.error, msgspec.DecodeError):
        plain = packed.decompress(row.content[_DIGEST:], _MOST)
        return StoreMark(row.n, row.turned), msgspec.msgpack.decode(plain, type=readable(kind))
    return None


def packed(found: object) -> bytes:
    """What was found as it is kept; this takes a while, and may be done beside everything else."""
    return program_digest().encode() + zlib.compress(msgspec.msgpack.encode(found), 1)


def keep(office: Office, name: str, mark: StoreMark, content: bytes) -> bool:
    """Keep what was found at a mark and `packed`, unless a later one is kept.

    Says whether it is kept. Where nothing can be written (a rescued copy, a full disk) it is not.
    """
    if office.read_only:
        return False
    with suppress(EnvironmentProblem, UserError), office.store.write() as connection:
        if not is_passed(connection, name, mark):
            worked_out.put(connection, WorkedOut(name, mark.n, mark.turned, content))
            return True
    return False


def is_passed(connection: Connection, name: str, mark: StoreMark) -> bool:
    """Whether what is kept was found later."""
    known = worked_out.stood_at(connection, name)
    last = StoreMark(*known) if known else None
    return last is not None and _is_before(mark, last)


def _is_before(one: StoreMark, other: StoreMark) -> bool:
    return one.n < other.n or one.turned < other.turned
