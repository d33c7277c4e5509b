"""Types that msgspec reads, safe to be read by several threads.

msgspec looks a struct up when it is read for the first time. That takes some milliseconds, and
other threads are let in meanwhile and use the half that is there: two pages that read their first
record at once ended the program. So every type is looked up once, by one thread, before it is read.
"""

from __future__ import annotations

from threading import RLock
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")

_LOCK = RLock()
_LOOKED_UP: set[Any] = set()


def readable(kind: type[T]) -> type[T]:
    """The same type, once all of it is looked up."""
    if kind not in _LOOKED_UP:
        with _LOCK:
            msgspec.json.Decoder(kind)
            _LOOKED_UP.add(kind)
    return kind
