"""Scans are kept by what they are, once, whole, and not beyond 10 MB."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.kernel.errors import EnvironmentProblem, UserError
from database.store import attachments
from database.store.engine import Store

KEY = bytes(range(32))
MIB = 1 << 20


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = attachments.open_store(tmp_path / "attachments.db", KEY)
    yield opened
    opened.close()


def chunks_in(store: Store) -> int:
    with store.read() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM chunk").scalar_one())


class Dripping(io.BytesIO):
    """A slow stick: gives less than asked for."""

    def read(self, size: int | None = -1) -> bytes:
        return super().read(min(size or 0, 4093) if size and size > 0 else 4093)


@pytest.mark.parametrize("length", [0, 1, MIB - 1, MIB, MIB + 1, 3 * MIB + 17, 10 * MIB])
def test_a_scan_comes_back_as_it_was(store: Store, length: int) -> None:
    content = os.urandom(length)
    sha256, size = attachments.add(store, io.BytesIO(content))
    assert (sha256, size) == (hashlib.sha256(content).hexdigest(), length)
    assert attachments.has(store, sha256)
    assert attachments.size(store, sha256) == length
    with attachments.open_scan(store, sha256) as stream:
        assert stream.read() == content
    assert attachments.verify(store) == []


def test_it_is_still_there_after_closing(tmp_path: Path) -> None:
    path = tmp_path / "attachments.db"
    store = attachments.open_store(path, KEY)
    sha256, _ = attachments.add(store, io.BytesIO("困难职工签名".encode()))
    store.close()
    store = attachments.open_store(path, KEY)
    with attachments.open_scan(store, sha256) as stream:
        assert stream.read().decode() == "困难职工签名"
    store.close()


def test_a_slow_stick_fills_whole_chunks(store: Store) -> None:
    content = os.urandom(2 * MIB + 5)
    sha256, _ = attachments.add(store, Dripping(content))
    assert chunks_in(store) == 3
    with attachments.open_scan(store, sha256) as stream:
        assert stream.read() == content


def test_the_same_scan_twice_is_kept_once(store: Store) -> None:
    content = os.urandom(2 * MIB)
    assert attachments.add(store, io.BytesIO(content)) == attachments.add(
        store, io.BytesIO(content)
    )
    assert chunks_in(store) == 2


def test_a_scan_beyond_the_limit_leaves_nothing(store: Store) -> None:
    with pytest.raises(UserError, match="最多10 MB") as caught:
        attachments.add(store, io.BytesIO(bytes(10 * MIB + 1)))
    assert caught.value.code == "SCAN_TOO_LARGE"
    assert chunks_in(store) == 0


def test_a_film_is_refused_without_reading_all_of_it(store: Store, tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    with film.open("wb") as out:
        out.truncate(2 << 30)
    with film.open("rb", buffering=0) as stream:
        with pytest.raises(UserError):
            attachments.add(store, stream)
        assert stream.tell() <= 11 * MIB


def test_a_stick_pulled_halfway_leaves_nothing(store: Store) -> None:
    class Pulled(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() >= 2 * MIB:
                raise OSError("no such device")
            return super().read(size)

    with pytest.raises(OSError, match="no such device"):
        attachments.add(store, Pulled(bytes(5 * MIB)))
    assert chunks_in(store) == 0


def test_a_scan_that_is_not_here_is_told_plainly(store: Store) -> None:
    assert not attachments.has(store, "0" * 64)
    assert attachments.size(store, "0" * 64) is None
    with pytest.raises(UserError) as caught:
        attachments.open_scan(store, "0" * 64)
    assert caught.value.code == "SCAN_MISSING"


def test_a_changed_scan_is_found(store: Store) -> None:
    good, _ = attachments.add(store, io.BytesIO(b"good"))
    bad, _ = attachments.add(store, io.BytesIO(b"bad"))
    with store.write() as connection:
        connection.exec_driver_sql("UPDATE chunk SET data = ? WHERE scan = 2", (b"worse",))
    assert attachments.verify(store) == [bad]
    assert attachments.has(store, good)


def test_without_the_key_nothing_is_seen(store: Store) -> None:
    attachments.add(store, io.BytesIO(b"plain words" * 1000))
    assert b"plain words" not in store.path.read_bytes()
    with pytest.raises(EnvironmentProblem) as caught:
        attachments.open_store(store.path, bytes(32))
    assert caught.value.code == "STORE_DAMAGED"


@given(st.integers(0, 2 * MIB + 100), st.integers(0, MIB + 50))
def test_any_part_can_be_read(tmp_path_factory: pytest.TempPathFactory, at: int, n: int) -> None:
    content = bytes(range(251)) * (2 * MIB // 251 + 1)
    path = tmp_path_factory.getbasetemp() / "parts.db"
    store = attachments.open_store(path, None)
    sha256, _ = attachments.add(store, io.BytesIO(content))
    with attachments.open_scan(store, sha256) as stream:
        stream.seek(at)
        assert stream.read(n) == content[at : at + n]
        assert stream.seek(-n, io.SEEK_END) == max(0, len(content) - n)
        assert stream.read() == content[max(0, len(content) - n) :]
    store.close()
