"""What happened in the story, for the account at its end."""

from __future__ import annotations

import msgspec


class Settled(msgspec.Struct, frozen=True):
    """One 两处填写不一致: the record's 编号, what was typed, what was chosen."""

    number: str
    typed: tuple[int, ...]
    chosen: int


class Events(msgspec.Struct, kw_only=True):
    """What to tell: the numbers of records and packages that the story turned on.

    `lost` is the file that went missing, `missing` the numbers the city named,
    `waiting` how many records waited for it, `healed` the numbers that came after all.
    """

    urgent: str = ""
    settled: Settled | None = None
    lost: str = ""
    missing: tuple[int, ...] = ()
    waiting: int = 0
    healed: tuple[int, ...] = ()
    returned: str = ""
    adopted: str = ""
