"""Waiting after wrong tries: growing, kept over restarts, one count for window and commands.

The count lies in a small file in the data folder. The time waited is read off the clock
that runs since the computer was started, so that setting the date neither shortens a wait
nor makes it last; a restart begins the wait anew, and no wait is longer than a quarter of
an hour. Whoever can change the file can also copy the keyring: against them stands the
cost of a guess, not this.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from app.domain.kernel.errors import UserError
from app.domain.kernel.readable import readable
from app.exchange.files import appearing
from app.services.office.folder import Folder

RECOVERY, ROOT = "recovery", "root"
"""What is tried besides the passphrases of operators, who are named by their ids."""

FREE = 3
"""Wrong tries that cost nothing: a clerk mistypes."""

WAITS = (5, 15, 30, 60, 120, 300, 600, 900)
"""Seconds to wait after the third wrong try, the fourth, and so on; the last for all others."""

WRONG = frozenset({"WRONG_PASSPHRASE", "WRONG_RECOVERY_CODE", "KEY_UNREADABLE"})
"""The refusals that count; a mistyped recovery code or an unknown name was no try."""

_LARGEST = 64 * 1024
_MOST = 100
"""How many are counted at a time, the latest."""

_NAME = "tries.json"


class _Count(msgspec.Struct, frozen=True):
    """How often in a row, and when last on the running clock (seconds)."""

    tries: Annotated[int, Meta(ge=0, le=10_000)]
    at: Annotated[float, Meta(ge=0, le=1e12)]


class TryLater(UserError):
    """Too many wrong tries; `seconds` are left to wait. The try that was one too many says so."""

    def __init__(
        self,
        seconds: int,
        now: dt.datetime,
        code: str = "TRY_LATER",
        what: str = "输错的次数太多，请稍等。",
    ) -> None:
        until = now + dt.timedelta(seconds=seconds)
        super().__init__(code, what, remedy=f"{until:%H:%M:%S}以后可以再试。")
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Tries:
    """The counts of one data folder; `running` is the clock since the computer was started."""

    root: Path
    running: Callable[[], float] = time.monotonic
    now: Callable[[], dt.datetime] = dt.datetime.now

    @contextmanager
    def counted(self, what: str) -> Iterator[None]:
        """Try `what` inside: refused while one has to wait, forgotten once it was right.

        From the third on it counts before it is judged, so that ending the program does
        not save a try.
        Raises `TryLater`; where the file cannot be written, nothing is counted.
        """
        before = self._read().get(what, _Count(0, 0))
        left = self._left(before)
        if left > 0:
            raise TryLater(left, self.now())
        wrong = _Count(min(before.tries + 1, 10_000), self.running())
        if wrong.tries >= FREE:
            self._keep(what, wrong)
        after = before
        try:
            yield
            after = _Count(0, 0)
        except UserError as error:
            after = wrong if error.code in WRONG else before
            if after is wrong and self._left(wrong):
                raise TryLater(self._left(wrong), self.now(), error.code, error.what) from error
            raise
        finally:
            if after.tries or before.tries:
                self._keep(what, after)

    def left(self, what: str) -> int:
        """The seconds still to wait."""
        return self._left(self._read().get(what, _Count(0, 0)))

    def _left(self, count: _Count) -> int:
        if count.tries < FREE:
            return 0
        wait = WAITS[min(count.tries - FREE, len(WAITS) - 1)]
        running = self.running()
        # After a restart the running clock has begun again: it says what was waited since.
        waited = running - count.at if running >= count.at else running
        return max(0, -int(-(wait - waited) // 1))

    def _keep(self, what: str, count: _Count) -> None:
        if not Folder(self.root).keyring.exists():
            # A backup in somebody's hands is tried: nothing is left in an empty folder.
            return
        known = self._read()
        known.pop(what, None)
        self._write(known | ({what: count} if count.tries else {}))

    def _read(self) -> dict[str, _Count]:
        """The counts; a file that cannot be read counts nothing."""
        try:
            with (self.root / _NAME).open("rb") as file:
                raw = file.read(_LARGEST + 1)
            return (
                {}
                if len(raw) > _LARGEST
                else msgspec.json.decode(raw, type=readable(dict[str, _Count]))
            )
        except (OSError, msgspec.DecodeError, ValueError, RecursionError):
            return {}

    def _write(self, known: dict[str, _Count]) -> None:
        latest = sorted(known.items(), key=lambda one: one[1].at)[-_MOST:]
        path = self.root / _NAME
        with suppress(OSError):
            if latest:
                with appearing(path) as out:
                    Path(out.name).chmod(0o600)
                    out.write(msgspec.json.encode(dict(latest)))
            else:
                path.unlink(missing_ok=True)
