"""Saves that were acknowledged and are gone: noticed at the next opening, told until mended."""

from __future__ import annotations

import msgspec

from database.books import settings
from database.store.engine import Connection, Store
from database.store.high_mark import last_save

_NAME = "lost_saves"


class LostSaves(msgspec.Struct, frozen=True):
    """The numbers of the saves that are gone, and when that was noticed (RFC 3339)."""

    first: int
    last: int
    at: str

    @property
    def words(self) -> str:
        """What happened, and what to do."""
        return (
            f"少了最近{self.last - self.first + 1}次保存的内容（{self.at[:10]}发现）。"
            "多半是断电或死机以后，数据文件夹里的 store.db-wal 被删掉了。"
            "请照纸质登记表补录，或用最近的备份核对。"
        )


def lost_saves(store: Store, noted: int, at: str, *, keep: bool) -> LostSaves | None:
    """What is gone by the number that was noted beside the store; kept in it, where `keep`."""
    with store.read() as connection:
        present, known = last_save(connection), known_loss(connection)
    if noted <= present:
        return known
    found = LostSaves(present + 1, noted, at)
    if keep:
        with store.write() as connection:
            settings.put(connection, _NAME, found)
    return found


def known_loss(connection: Connection) -> LostSaves | None:
    """What was noticed and nobody has made up for yet."""
    return settings.get(connection, _NAME, LostSaves)


def forget_lost_saves(connection: Connection) -> None:
    """Somebody has seen it and made up for it."""
    settings.remove(connection, _NAME)
