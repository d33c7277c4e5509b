"""The writer's work file: sealed members first, the canonical ZIP from them after (§7, ZIP)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import IO, NamedTuple

from app.domain.kernel.progress import Cancel, Progress, Step
from app.exchange import container
from app.exchange.agefile import Lock
from app.exchange.files import CHUNK
from app.exchange.refusal import Refused
from app.exchange.streams import Source, Tally

LARGEST_ZIP = (4 << 30) - (4 << 20)
"""Bytes of all members; a ZIP without 64-bit fields ends below 4 GiB."""


class Staged(NamedTuple):
    """One member waiting: where it lies in the work file, its length, CRC-32 and sha256."""

    at: int
    size: int
    crc: int
    sha256: str


class Watched:
    """A source that counts and hashes what is read, and stops when the person asks."""

    def __init__(self, source: Source, cancel: Cancel) -> None:
        self._source = source
        self._cancel = cancel
        self.seen = Tally()

    def read(self, size: int = -1) -> bytes:
        """Read on; raises `Cancelled`."""
        self._cancel.check()
        data = self._source.read(size)
        self.seen.write(data)
        return data


@dataclass(slots=True)
class Stage:
    """An open work file and the members in it, by their path in the package."""

    file: IO[bytes]
    members: dict[str, Staged] = field(default_factory=dict)

    def add(self, path: str, data: bytes) -> None:
        """Put a small member in as it is."""
        self._add(path, Tally(self.file), io.BytesIO(data), None)

    def seal(self, path: str, source: Source, lock: Lock) -> None:
        """Encrypt a member while it is read; TOO_LARGE past 500,000,000 bytes."""
        self._add(path, Tally(self.file), source, lock)

    def _add(self, path: str, tally: Tally, source: Source, lock: Lock | None) -> None:
        at = self.file.tell()
        if lock is None:
            tally.write(source.read())
        else:
            lock.seal(source, tally)
        if tally.size > container.LARGEST_FILE or len(self.members) >= container.MOST_MEMBERS:
            raise Refused("TOO_LARGE", path)
        self.members[path] = Staged(at, tally.size, tally.crc, tally.sha256)

    def write_zip(self, root: str, out: IO[bytes], progress: Progress, cancel: Cancel) -> None:
        """Write every member, in the one valid order, and the directory."""
        by_name = {f"{root}/{path}": staged for path, staged in self.members.items()}
        members = [
            container.Member(name, by_name[name].size, by_name[name].crc)
            for name in container.in_order(by_name)
        ]
        if sum(member.size for member in members) > LARGEST_ZIP:
            raise Refused("TOO_LARGE", root)
        for number, member in enumerate(members):
            progress(Step("写入文件", number, len(members)))
            out.write(container.local_header(member))
            self._copy(by_name[member.name], out, cancel)
        out.write(container.directory(members))

    def _copy(self, staged: Staged, out: IO[bytes], cancel: Cancel) -> None:
        self.file.seek(staged.at)
        left = staged.size
        while left:
            cancel.check()
            piece = self.file.read(min(left, CHUNK))
            out.write(piece)
            left -= len(piece)

    def digests(self, paths: Sequence[str]) -> dict[str, str]:
        """The sha256 of these members as they lie in the package."""
        return {path: self.members[path].sha256 for path in paths}
