"""Sealing to recipients and opening again: who can, what is read first, whose error it is."""

from __future__ import annotations

import errno
import io
from typing import TYPE_CHECKING

import pyrage
import pytest

from app.exchange import keys
from app.exchange.agefile import Opener, Passphrase, Recipients
from tests.exchange.offices import CITY_PC, CODE, COUNTY_PC, SISTER_PC, STRANGER, Office
from tests.exchange.refusals import refusal

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

OFFICES = (CITY_PC, COUNTY_PC, SISTER_PC, STRANGER)
BROKEN = ("PKG_CORRUPT", "age")


def sealed(*offices: Office, plain: bytes = b"plain") -> bytes:
    out = io.BytesIO()
    Recipients([one.age for one in offices]).seal(io.BytesIO(plain), out)
    return out.getvalue()


def opened(data: bytes, *offices: Office, readers: int = 1, code: str | None = None) -> bytes:
    out = io.BytesIO()
    opener = Opener([one.secret for one in offices], code)
    opener.open(io.BytesIO(data), out, readers=readers)
    return out.getvalue()


@pytest.mark.parametrize("size", [0, 1, 65_536, 200_000])
def test_each_recipient_opens_what_was_sealed_to_all(size: int) -> None:
    plain = bytes(range(256)) * (size // 256) + bytes(size % 256)
    data = sealed(*OFFICES, plain=plain)
    for office in OFFICES:
        assert opened(data, office, readers=4) == plain
    assert opened(data, Office("nobody", "511102"), STRANGER, readers=4) == plain


def test_the_names_of_the_keys_stand_in_their_order() -> None:
    found = Recipients([one.age for one in OFFICES]).key_ids
    assert found == [keys.age_key_id(one.age) for one in OFFICES]


def test_who_has_no_fitting_key_or_code_is_told_so() -> None:
    data = sealed(CITY_PC)
    assert refusal(lambda: opened(data, COUNTY_PC)) == ("NOT_FOR_US", "")
    assert refusal(lambda: opened(data)) == ("NOT_FOR_US", "")
    assert refusal(lambda: opened(data, CITY_PC, readers=0)) == ("NOT_FOR_US", "")
    assert refusal(lambda: opened(data, CITY_PC, readers=0, code=CODE)) == BROKEN


def test_a_code_opens_what_was_sealed_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.exchange.scryptfile.COST", 4)
    out = io.BytesIO()
    Passphrase(CODE).seal(io.BytesIO(b"plain"), out)
    assert opened(out.getvalue(), readers=0, code=CODE) == b"plain"
    assert refusal(lambda: opened(out.getvalue(), readers=0, code="x")) == ("NOT_FOR_US", "")
    assert refusal(lambda: opened(out.getvalue(), CITY_PC, readers=1)) == ("NOT_FOR_US", "")


def test_two_stanzas_more_than_readers_are_let_through_and_no_third() -> None:
    """Pyrage adds one of no recipient by itself."""
    data = sealed(*OFFICES)
    stanzas = data[: data.index(b"\n---")].count(b"\n-> ")
    assert stanzas >= 4
    assert opened(data, CITY_PC, readers=stanzas - 2) == b"plain"
    assert refusal(lambda: opened(data, CITY_PC, readers=stanzas - 3)) == BROKEN


def test_what_is_cut_or_changed_is_broken() -> None:
    data = sealed(CITY_PC)
    assert refusal(lambda: opened(data[:-1], CITY_PC)) == ("PKG_CORRUPT", "")
    assert refusal(lambda: opened(data[:-1] + b"\0", CITY_PC)) == ("PKG_CORRUPT", "")
    assert refusal(lambda: opened(b"x" + data, CITY_PC)) == BROKEN
    assert refusal(lambda: opened(data.replace(b"\n---", b"\n--x"), CITY_PC)) == BROKEN
    armored = pyrage.encrypt(
        b"plain", [pyrage.x25519.Recipient.from_str(CITY_PC.age)], armored=True
    )
    assert refusal(lambda: opened(armored, CITY_PC)) == BROKEN


def test_what_looks_like_a_header_behind_the_header_is_none() -> None:
    data = sealed(CITY_PC)
    end = data.index(b"\n", data.index(b"\n---") + 1) + 1
    forged = data[:end] + b"\n-> x" * 10 + b"\n---" + bytes(20)
    assert refusal(lambda: opened(forged, CITY_PC)) == ("PKG_CORRUPT", "")


class Endless:
    """A header that never ends."""

    def __init__(self) -> None:
        self.taken = 0

    def read(self, size: int = -1) -> bytes:
        start = b"age-encryption.org/v1\n"[self.taken :]
        piece = (start + b"x" * size)[:size]
        self.taken += size
        return piece


@pytest.mark.parametrize("readers", [1, 5])
def test_of_a_header_only_so_much_is_read_as_its_recipients_need(readers: int) -> None:
    source = Endless()
    opener = Opener([CITY_PC.secret])
    assert refusal(lambda: opener.open(source, io.BytesIO(), readers=readers)) == BROKEN
    assert source.taken == 22 + 400 * (readers + 2)


class Failing:
    """A stream whose every use fails, each time in another way."""

    def __init__(self) -> None:
        self.uses = 0

    def read(self, size: int = -1) -> bytes:
        raise self._next()

    def write(self, data: bytes) -> int:
        raise self._next()

    def _next(self) -> OSError:
        self.uses += 1
        return OSError(errno.EIO, f"use {self.uses}")


@pytest.mark.parametrize("place", ["seal from", "seal to", "open from", "open to"])
def test_the_first_error_of_a_stream_comes_out_as_it_is(place: str) -> None:
    ours, opener = Recipients([CITY_PC.age]), Opener([CITY_PC.secret])
    works = {
        "seal from": lambda: ours.seal(Failing(), io.BytesIO()),
        "seal to": lambda: ours.seal(io.BytesIO(b"plain"), Failing()),
        "open from": lambda: opener.open(Failing(), io.BytesIO(), readers=1),
        "open to": lambda: opener.open(io.BytesIO(sealed(CITY_PC)), Failing(), readers=1),
    }
    with pytest.raises(OSError, match="use 1") as error:
        works[place]()
    assert error.value.errno == errno.EIO


class Disk(io.BytesIO):
    """A disk that takes so many pieces and is full then."""

    def __init__(self, pieces: int) -> None:
        super().__init__()
        self.left = pieces

    def write(self, data: Buffer) -> int:
        if not self.left:
            raise OSError(errno.ENOSPC, "full")
        self.left -= 1
        return super().write(data)


@pytest.mark.parametrize("size", [0, 5, 70_000, 300_000])
def test_no_piece_is_lost_without_a_word_not_even_the_last(size: int) -> None:
    ours = Recipients([CITY_PC.age])
    enough = Disk(1000)
    ours.seal(io.BytesIO(bytes(size)), enough)
    needed = 1000 - enough.left
    for pieces in range(needed):
        with pytest.raises(OSError, match="full"):
            ours.seal(io.BytesIO(bytes(size)), Disk(pieces))
    assert opened(enough.getvalue(), CITY_PC) == bytes(size)


def test_a_source_that_fails_on_the_way_is_not_the_packages_fault() -> None:
    class Torn(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            piece = super().read(size)
            if not piece:
                raise OSError(errno.EIO, "the stick was pulled")
            return piece

    data = sealed(CITY_PC, plain=bytes(200_000))[:150_000]
    with pytest.raises(OSError, match="the stick was pulled"):
        Opener([CITY_PC.secret]).open(Torn(data), io.BytesIO(), readers=1)
