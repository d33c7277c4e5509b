"""Where a reply is printed: stdout for what was asked, stderr for what is wrong."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import msgspec

from app.cli.frame.reply import Complaint, Reply

_STEERING = dict.fromkeys(
    (*range(9), *range(0x0B, 0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F)), "\ufffd"
) | dict.fromkeys((0x200E, 0x200F, *range(0x2066, 0x206A)), "\ufffd")
"""Control characters and direction marks that a text from outside may hold."""


@dataclass(frozen=True, slots=True)
class Output:
    """Prints for a person, or for a machine."""

    json: bool

    def show(self, reply: Reply) -> None:
        """Print a reply."""
        for complaint in reply.complaints:
            self._complain(complaint)
        if self.json:
            self._document(reply)
        else:
            self._lines(reply.lines)

    def tell(self, line: str) -> None:
        """Print a line while a command goes on; to stderr where stdout is for a machine."""
        print(_tame(line), file=sys.stderr if self.json else sys.stdout, flush=True)

    def _complain(self, complaint: Complaint) -> None:
        print(_tame(complaint.line), file=sys.stderr)

    def _document(self, reply: Reply) -> None:
        value = reply.value
        if reply.status and reply.complaints:
            value = value | {"error": reply.complaints[0].body}
        _write(encode(value) + b"\n")

    def _lines(self, lines: Sequence[str]) -> None:
        _write("".join(f"{_tame(line)}\n" for line in lines).encode(_encoding(), "replace"))


def _tame(line: str) -> str:
    """The line without what would steer the terminal or turn the text round."""
    return line.translate(_STEERING)


def encode(value: object) -> bytes:
    """One JSON document; paths are text."""
    return msgspec.json.encode(value, enc_hook=_plain)


def _plain(value: object) -> Any:
    if isinstance(value, PurePath):
        return str(value)
    raise NotImplementedError(type(value).__name__)


def _encoding() -> str:
    return sys.stdout.encoding or "utf-8"


def _write(raw: bytes) -> None:
    """Write bytes to stdout; a reader that went away (`| head`) is no failure."""
    with suppress(BrokenPipeError):
        sys.stdout.flush()
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()
        return
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
