from __future__ import annotations

import subprocess
import sys

_TWO_PAGES = """
from threading import Event, Thread

import msgspec
from app.domain.kernel.readable import readable

asked, answered = Event(), Event()


def slowly():
    page = Thread(target=read)
    page.start()
    asked.wait()
    answered.wait(1)
    return int


class Row(msgspec.Struct):
    number: "slowly()"


class Sheet(msgspec.Struct):
    rows: list[Row]
    name: str


def read():
    asked.set()
    msgspec.convert({"rows": [{"number": 1}], "name": "x"}, readable(Sheet))
    answered.set()


msgspec.convert({"rows": [{"number": 1}], "name": "x"}, readable(Sheet))
answered.wait()
"""


def test_two_pages_that_read_their_first_record_at_once_do_not_end_the_program() -> None:
    """The second page asks while the type is half looked up, and must wait for the rest."""
    ended = subprocess.run(
        [sys.executable, "-c", _TWO_PAGES], capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stderr) == (0, "")
