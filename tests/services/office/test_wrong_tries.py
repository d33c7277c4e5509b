"""Who guesses waits longer each time, however the program is ended and the clock is set."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.kernel.errors import UserError
from app.services.office.wrong_tries import FREE, WAITS, Tries, TryLater


class Clocks:
    """The clock since the start of the computer, and the one that can be set."""

    def __init__(self) -> None:
        self.running = 1000.0
        self.wall = dt.datetime(2011, 7, 1, 9)  # noqa: DTZ001  (as the wall shows it)

    def wait(self, seconds: float) -> None:
        self.running += seconds
        self.wall += dt.timedelta(seconds=seconds)


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


@pytest.fixture
def again(tmp_path: Path, clocks: Clocks) -> Callable[[], Tries]:
    """The counts as a program started now finds them."""
    (tmp_path / "keyring.json").touch()
    return lambda: Tries(tmp_path, lambda: clocks.running, lambda: clocks.wall)


def wrong(tries: Tries, what: str = "op-1") -> None:
    with pytest.raises(UserError) as caught, tries.counted(what):
        raise UserError("WRONG_PASSPHRASE", "口令不对。")
    assert caught.value.code == "WRONG_PASSPHRASE"


def right(tries: Tries, what: str = "op-1") -> None:
    with tries.counted(what):
        pass


def refused(tries: Tries, what: str = "op-1") -> int:
    with pytest.raises(TryLater) as caught, tries.counted(what):
        pytest.fail("it was tried")
    return caught.value.seconds


def test_the_wait_grows_with_every_wrong_try_and_has_an_end(
    again: Callable[[], Tries], clocks: Clocks
) -> None:
    for _ in range(FREE):
        assert again().left("op-1") == 0
        wrong(again())
    for wait in (*WAITS, WAITS[-1], WAITS[-1]):
        assert refused(again()) == wait
        clocks.wait(wait - 1)
        assert refused(again()) == 1
        clocks.wait(1)
        wrong(again())


def test_it_is_said_until_when(again: Callable[[], Tries], clocks: Clocks) -> None:
    for _ in range(FREE):
        wrong(again())
    with pytest.raises(TryLater, match="09:00:05以后可以再试"), again().counted("op-1"):
        pass


def test_the_try_that_was_one_too_many_says_so(again: Callable[[], Tries]) -> None:
    for _ in range(FREE - 1):
        wrong(again())
    said = "口令不对。09:00:05以后可以再试"
    with pytest.raises(TryLater, match=said) as caught, again().counted("op-1"):
        raise UserError("WRONG_PASSPHRASE", "口令不对。")
    assert (caught.value.code, caught.value.seconds) == ("WRONG_PASSPHRASE", WAITS[0])


def test_the_right_one_forgets_the_wrong_ones(
    again: Callable[[], Tries], clocks: Clocks, tmp_path: Path
) -> None:
    for _ in range(FREE):
        wrong(again())
    clocks.wait(WAITS[0])
    right(again())
    right(again())
    assert [path.name for path in tmp_path.iterdir()] == ["keyring.json"]
    wrong(again())
    assert again().left("op-1") == 0


def test_one_person_does_not_wait_for_another(again: Callable[[], Tries]) -> None:
    for _ in range(FREE):
        wrong(again())
    refused(again())
    right(again(), "op-2")
    wrong(again(), "root")
    assert refused(again()) == WAITS[0]


@pytest.mark.parametrize("days", [-400, 400])
def test_setting_the_date_neither_helps_nor_locks_out(
    again: Callable[[], Tries], clocks: Clocks, days: int
) -> None:
    for _ in range(FREE + 1):
        wrong(again())
        clocks.wait(again().left("op-1"))
    wrong(again())
    clocks.wall += dt.timedelta(days=days)
    assert refused(again()) == WAITS[2]
    clocks.wait(WAITS[2])
    right(again())


def test_a_restart_begins_the_wait_anew_and_no_longer(
    again: Callable[[], Tries], clocks: Clocks
) -> None:
    clocks.running = 1_000_000
    for _ in range(FREE):
        wrong(again())
    clocks.running = 2
    assert refused(again()) == WAITS[0] - 2
    clocks.wait(3)
    right(again())


def test_ending_the_program_does_not_save_a_try(again: Callable[[], Tries]) -> None:
    wrong(again())
    wrong(again())
    # As after a kill: what comes behind the judging never runs.
    killed = again().counted("op-1")
    killed.__enter__()
    assert refused(again()) == WAITS[0]


def test_what_was_no_try_does_not_count(again: Callable[[], Tries]) -> None:
    for _ in range(FREE + 1):
        with pytest.raises(UserError), again().counted("recovery"):
            raise UserError("RECOVERY_CODE_MISTYPED", "恢复码输入有误。")
        with pytest.raises(OSError, match="stick"), again().counted("recovery"):
            raise OSError("stick")
    assert again().left("recovery") == 0


@pytest.mark.parametrize("raw", [b"", b"[1", b"\xff", b'{"op-1":{"tries":-1,"at":0}}', b"[" * 9000])
def test_a_damaged_file_counts_nothing(
    again: Callable[[], Tries], tmp_path: Path, raw: bytes
) -> None:
    (tmp_path / "tries.json").write_bytes(raw)
    right(again())
    wrong(again())


def test_the_file_stays_small(again: Callable[[], Tries], tmp_path: Path, clocks: Clocks) -> None:
    for number in range(300):
        clocks.wait(1)
        wrong(again(), f"op-{number}")
    assert (tmp_path / "tries.json").stat().st_size < 10_000
    with (tmp_path / "tries.json").open("ab") as file:
        file.truncate(1 << 40)
    right(again())
