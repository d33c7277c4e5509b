"""What a file may cost its reader before it is refused: bytes read, objects made, never hours.

Each file here is so large, or so made, that a reader without bounds would not come back.
"""

from __future__ import annotations

import io
import os
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.domain.kernel import file_names
from app.domain.kernel.errors import Cancelled, EnvironmentProblem
from app.domain.kernel.progress import Cancel, Step
from app.exchange import container, files, index, records, strictjson
from app.exchange.agefile import Opener
from app.exchange.packagereader import inspect_package, open_package
from app.exchange.records import join
from app.exchange.refusal import Refused
from app.exchange.trust import SignedVersion, walk
from tests.exchange import hostile, offices
from tests.exchange.attacks import Nowhere, outcome
from tests.exchange.offices import CITY_PC
from tests.exchange.spoil import Desk

LITTLE = 50 << 20
"""Bytes of memory that a refused file may take."""


class Counting(io.BytesIO):
    """A file that counts the bytes read from it."""

    taken = 0

    def read(self, size: int | None = -1) -> bytes:
        piece = super().read(size)
        self.taken += len(piece)
        return piece


class Endless:
    """A source that goes on for ever, and counts what was taken of it."""

    def __init__(self, start: bytes, more: Callable[[], bytes]) -> None:
        self._ready = start
        self._more = more
        self.taken = 0

    def read(self, size: int = -1) -> bytes:
        while len(self._ready) < size:
            self._ready += self._more()
        piece, self._ready = self._ready[:size], self._ready[size:]
        self.taken += len(piece)
        return piece


@contextmanager
def within(most: int = LITTLE) -> Iterator[None]:
    """Nothing inside may hold more bytes of Python's memory at once."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] <= most
    finally:
        tracemalloc.stop()


def test_a_directory_of_a_million_entries_is_never_read() -> None:
    file = Counting(hostile.many_entries(1_400_000))
    with within(), pytest.raises(Refused) as refused:
        container.read_container(file)
    assert refused.value.code == "TOO_LARGE"
    assert file.taken < 70_000


def test_a_count_that_is_no_count_costs_nothing() -> None:
    for data in (hostile.huge_count(), hostile.huge_count(1, 0xFFFF_FFF0)):
        file = Counting(data)
        with pytest.raises(Refused) as refused:
            container.read_container(file)
        assert refused.value.code == "TOO_LARGE"
        assert file.taken == len(data)


def test_a_file_no_zip_can_be_is_not_read(tmp_path: Path) -> None:
    """A hole of 5 GiB costs no disk."""
    path = tmp_path / "hole.zfpkg"
    with path.open("wb") as out:
        out.truncate(5 << 30)
    with within(), pytest.raises(Refused) as refused:
        inspect_package(path)
    assert refused.value.code == "TOO_LARGE"


def test_an_age_header_without_an_end_is_not_read_on() -> None:
    """Pyrage would need a day for 64 MiB of it, and for ever for this one."""
    source = Endless(b"age-encryption.org/v1\n", lambda: hostile.stanzas(1000))
    with pytest.raises(Refused) as refused:
        Opener([CITY_PC.secret]).open(source, Nowhere(), readers=2)
    assert refused.value.code == "PKG_CORRUPT"
    assert source.taken < 4096


def test_a_package_to_three_hundred_keys_opens(tmp_path: Path) -> None:
    """Reference data go to the PCs of every office."""
    readers = [CITY_PC.age, *(offices.Office(str(n), "511102").age for n in range(299))]
    path = Desk(tmp_path).sealed(CITY_PC, "reference", to="all", recipients=readers)
    assert outcome(path, offices.first_trust()) == "OK"


@pytest.mark.parametrize("name", ["trust", "enrol"])
def test_what_anybody_may_send_is_not_deciphered_when_it_is_large(
    tmp_path: Path, name: str
) -> None:
    desk = Desk(tmp_path)
    data = {
        "trust": lambda: hostile.trust_of(desk, 33, 2 << 20),
        "enrol": lambda: hostile.wide_enrol(desk, 8 << 20),
    }[name]()
    path = offices.write(tmp_path, "large.zfpkg", data)
    steps: list[Step] = []
    with within(), pytest.raises(Refused) as refused:
        open_package(
            path, trust=offices.first_trust(), identities=[CITY_PC.secret], progress=steps.append
        )
    assert refused.value.code == "TOO_LARGE"
    assert steps == []


def test_a_registration_of_many_lines_takes_little_memory(tmp_path: Path) -> None:
    data = hostile.enrol_of_lines(Desk(tmp_path), 900_000)
    path = offices.write(tmp_path, "enrol.zfpkg", data)
    with within():
        assert outcome(path, offices.first_trust()) == "RECORD_INVALID"


def test_a_strangers_chain_is_judged_version_by_version() -> None:
    """What comes after the first version that does not count is not even asked for."""
    ours = offices.first_trust()
    asked: list[int] = []

    def versions() -> Iterator[SignedVersion]:
        yield ours.versions[0]
        for number in range(2, 4):
            asked.append(number)
            yield SignedVersion(b"{}" * number, ours.versions[0].signature)

    with pytest.raises(Refused):
        walk(ours, versions())
    assert asked == [2]


def test_an_index_of_empty_lists_is_not_made_into_objects(tmp_path: Path) -> None:
    data = hostile.stuffed_index(Desk(tmp_path).forgery(), 15 << 20)
    path = offices.write(tmp_path, "index.zfpkg", data)
    with within():
        assert outcome(path, offices.first_trust()) == "INDEX_INVALID"


def test_a_text_of_many_values_is_counted_first() -> None:
    raw = b"[" + b"{}," * 2_000_000 + b"{}]"
    with within(1 << 20), pytest.raises(ValueError, match="too many"):
        strictjson.parse(raw)


def test_blank_lines_by_the_million_are_judged_a_few_at_a_time() -> None:
    pieces = iter([b"\n" * (1 << 20)] * 3)
    batches = list(map(len, records.split(pieces)))
    assert max(batches) <= 5000
    assert sum(batches) == 3 << 20


def test_lines_past_the_cover_are_not_read(tmp_path: Path) -> None:
    """What the cover says nothing of is not made into records."""
    plain = join([offices.revision()]) * 20_000
    data = hostile.lines_of(Desk(tmp_path), plain, 3)
    path = offices.write(tmp_path, "lines.zfpkg", data)
    read: list[object] = []
    with (
        open_package(path, trust=offices.first_trust(), identities=[CITY_PC.secret]) as package,
        within(),
        pytest.raises(Refused) as refused,
    ):
        read.extend(package.lines())
    assert refused.value.code == "COVER_MISMATCH"
    assert len(read) <= 3


def test_cancel_works_while_a_package_is_deciphered(tmp_path: Path) -> None:
    path = Desk(tmp_path).sealed(lines=[offices.revision(n) for n in range(3000)])
    cancel = Cancel()
    with open_package(path, trust=offices.first_trust(), identities=[CITY_PC.secret]) as package:
        cancel.set()
        with pytest.raises(Cancelled):
            package.decrypt(cancel=cancel)
        with pytest.raises(Cancelled):
            list(package.lines(cancel=cancel))


def test_what_was_deciphered_beforehand_reads_the_same(tmp_path: Path) -> None:
    path = Desk(tmp_path).sealed()
    with open_package(path, trust=offices.first_trust(), identities=[CITY_PC.secret]) as package:
        plain = list(package.lines())
        package.decrypt()
        assert list(package.lines()) == plain
        assert list(package.lines()) == plain


@pytest.mark.skipif(os.name != "posix", reason="named pipes are of Unix")
def test_a_pipe_or_device_named_as_a_package_is_refused_at_once(tmp_path: Path) -> None:
    """Nobody writes into the pipe, and the device never ends."""
    os.mkfifo(tmp_path / "pipe.zfpkg")
    (tmp_path / "device.zfpkg").symlink_to("/dev/zero")
    (tmp_path / "folder.zfpkg").mkdir()
    (tmp_path / "circle.zfpkg").symlink_to("circle.zfpkg")
    codes = {}
    for path in sorted(tmp_path.iterdir()):
        with pytest.raises(EnvironmentProblem) as refused:
            inspect_package(path)
        codes[path.stem] = refused.value.code
    assert codes == {
        "circle": "NOT_A_FILE",
        "device": "NOT_A_FILE",
        "folder": "FILE_GONE",
        "pipe": "NOT_A_FILE",
    }


def test_a_link_to_a_package_is_read(tmp_path: Path) -> None:
    path = Desk(tmp_path).sealed()
    link = tmp_path / "link.zfpkg"
    link.symlink_to(path)
    assert inspect_package(link) == inspect_package(path)


@pytest.mark.parametrize(
    "name",
    ["a.zfpkg", "走" * 85 + ".zfpkg", "x" * 255, "x." + "y" * 253, "走访" * 60],
)
def test_a_long_name_becomes_one_that_any_disk_takes(name: str) -> None:
    short = file_names.shortened(name)
    assert len(short.encode()) <= file_names.LONGEST
    assert short == name or len(name.encode()) > file_names.LONGEST
    assert short.endswith(".zfpkg") == name.endswith(".zfpkg")


def test_a_file_of_the_longest_name_appears(tmp_path: Path) -> None:
    target = tmp_path / ("走" * 81 + "x" * 6 + ".zfpkg")
    assert len(target.name.encode()) == 255
    with files.appearing(target) as out:
        out.write(b"whole")
    assert target.read_bytes() == b"whole"
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_the_bounds_leave_room_for_what_offices_send() -> None:
    """Four times all that a city's thirteen offices send in a year, as one package."""
    assert index.MOST_LINES >= 4 * 230_000
    assert index.LARGEST_LINES >= 4 * 230_000 * 750
