"""Files sealed with a 启用码 are age files: another implementation opens them, and ours its."""

from __future__ import annotations

import base64
import io
import os
import subprocess
import sys

import pyrage
import pytest

from app.domain.kernel.errors import EnvironmentProblem
from app.exchange import scryptfile
from app.exchange.refusal import Refused
from tests.exchange.offices import CODE
from tests.exchange.refusals import refusal


def sealed(plain: bytes) -> bytes:
    out = io.BytesIO()
    scryptfile.seal(io.BytesIO(plain), out, CODE)
    return out.getvalue()


def opened(data: bytes, code: str = CODE) -> bytes:
    out = io.BytesIO()
    scryptfile.open_sealed(io.BytesIO(data), out, code)
    return out.getvalue()


def code_of(data: bytes, code: str = CODE) -> str:
    with pytest.raises(Refused) as refused:
        opened(data, code)
    return refused.value.code


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """A low cost, so that many files can be tried."""
    monkeypatch.setattr(scryptfile, "COST", 8)


THEIRS = (
    "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCB3Y2hta29qaHJmZ2M4NW5wRUFRMHd3IDE5ClJ4"
    "QjFoNXVwaGlsMXNuM3BiYUYvODF1bi93c3d3U2hjNlFxU3l1SklSdWcKLS0tIFA1bnJ6M1lxdVpkTlE0"
    "RmJFZm5GN3IyZXZWcnE2UUR0a3lPbSttYWZKQU0KTTvThZ2vO8llqMl9OIg2FyQkQXXyj85AhXYUw7JO"
    "SChn0iWKIAs="
)
"""Made with pyrage 1.4."""


def test_we_open_what_another_implementation_sealed() -> None:
    assert opened(base64.b64decode(THEIRS)).decode() == "沙湾"


@pytest.mark.usefixtures("cheap")
@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000])
def test_every_size_comes_back_and_suits_the_other_implementation(size: int) -> None:
    plain = os.urandom(size)
    assert opened(sealed(plain)) == plain
    assert pyrage.passphrase.decrypt(sealed(plain), CODE) == plain


@pytest.mark.usefixtures("cheap")
def test_every_changed_byte_is_noticed() -> None:
    data = sealed(b"units")
    for at in range(len(data)):
        changed = bytearray(data)
        changed[at] ^= 1
        assert code_of(bytes(changed)) in ("PKG_CORRUPT", "NOT_FOR_US")
        assert code_of(data[:at]) == "PKG_CORRUPT"
    assert code_of(data + b"x") == "PKG_CORRUPT"
    assert code_of(data, CODE.lower()) == "NOT_FOR_US"


@pytest.mark.usefixtures("cheap")
@pytest.mark.parametrize("cost", [b"20", b"40", b"99"])
def test_a_cost_nobody_can_pay_is_refused_at_once(cost: bytes) -> None:
    assert code_of(sealed(b"units").replace(b" 8\n", b" %b\n" % cost, 1)) == "PKG_CORRUPT"


def test_the_highest_cost_is_still_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scryptfile, "COST", 5)
    monkeypatch.setattr(scryptfile, "HIGHEST_COST", 5)
    assert opened(sealed(b"units")) == b"units"
    monkeypatch.setattr(scryptfile, "HIGHEST_COST", 4)
    assert code_of(sealed(b"units")) == "PKG_CORRUPT"


@pytest.mark.usefixtures("cheap")
def test_the_file_has_the_form_of_age() -> None:
    data = sealed(b"units")
    head, _, rest = data.partition(b"\n---")
    magic, stanza, body = head.split(b"\n")
    assert magic == b"age-encryption.org/v1"
    assert [len(word) for word in stanza.split(b" ")] == [2, 6, 22, 1]
    assert stanza.startswith(b"-> scrypt ")
    assert stanza.endswith(b" 8")
    assert len(body) == 43
    mac, _, payload = rest.partition(b"\n")
    assert len(mac) == 44
    assert len(payload) == 16 + len(b"units") + 16


@pytest.mark.usefixtures("cheap")
def test_no_two_files_share_salt_key_or_nonce() -> None:
    one, other = sealed(b"units"), sealed(b"units")
    assert one[33:55] != other[33:55]
    assert one[-37:] != other[-37:]


@pytest.mark.usefixtures("cheap")
def test_a_second_spelling_of_the_same_bytes_is_broken() -> None:
    """The last letter of a salt carries four bits of nothing."""
    data = sealed(b"units")
    end = data.index(b" 8\n")
    letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    place = letters.index(data[end - 1])
    other = data[: end - 1] + letters[place + 1 : place + 2] + data[end:]
    assert base64.b64decode(other[end - 22 : end] + b"==") == base64.b64decode(
        data[end - 22 : end] + b"=="
    )
    assert details(other) == ("PKG_CORRUPT", "age")


def details(data: bytes, code: str = CODE) -> tuple[str, str]:
    return refusal(lambda: opened(data, code))


@pytest.mark.usefixtures("cheap")
def test_what_is_broken_is_named_and_another_code_is_not() -> None:
    data = sealed(b"units")
    at = data.index(b"\n--- ") + 5
    mac = data[:at] + (b"A" if data[at : at + 1] != b"A" else b"B") + data[at + 1 :]
    for broken in (b"", b"x" + data, data[:-1], data[:-17], data + b"x", data[:-22], mac):
        assert details(broken) == ("PKG_CORRUPT", "age")
    assert details(data, "another") == ("NOT_FOR_US", "")


@pytest.mark.usefixtures("cheap")
def test_pieces_cannot_change_places_or_be_left_out() -> None:
    data = sealed(bytes(65_536) + b"x" * 65_536 + b"end")
    piece = 65_536 + 16
    start = len(data) - 2 * piece - (3 + 16)
    one, two, end = data[start:][:piece], data[start + piece :][:piece], data[-19:]
    for order in ([two, one, end], [one, end], [one, two], [one, one, two, end]):
        assert details(data[:start] + b"".join(order)) == ("PKG_CORRUPT", "age")
    assert opened(data[:start] + one + two + end) == opened(data)


def test_too_little_memory_is_said_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cost is refused by the library itself where its memory is bounded below it."""

    def poor(*given: object, **more: object) -> bytes:
        raise MemoryError

    data = base64.b64decode(THEIRS)
    monkeypatch.setattr("hashlib.scrypt", poor)
    with pytest.raises(EnvironmentProblem) as said:
        opened(data)
    assert (said.value.code, said.value.what, said.value.why, said.value.remedy) == (
        "NO_MEMORY",
        "内存不够，打不开用启用码加密的文件。",
        "",
        "请关闭其他程序后再试。",
    )


@pytest.mark.usefixtures("cheap")
@pytest.mark.parametrize("chunks", [1, 2])
def test_an_empty_last_piece_after_full_ones_is_refused(
    chunks: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = os.urandom(65_536 * chunks)
    pieces = [(plain[at : at + 65_536], False) for at in range(0, len(plain), 65_536)]
    with monkeypatch.context() as patched:
        patched.setattr(scryptfile, "_chunks", lambda source, size: [*pieces, (b"", True)])
        forged = sealed(plain)
    assert code_of(forged) == "PKG_CORRUPT"


_POOR = """
import resource, tests.exchange.test_scryptfile as t
from app.domain.kernel.errors import EnvironmentProblem
used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + (64 << 20), -1))
try:
    t.opened(t.base64.b64decode(t.THEIRS))
except EnvironmentProblem as problem:
    print(problem.code)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for the size of the process")
def test_a_pc_with_too_little_memory_says_so() -> None:
    said = subprocess.run([sys.executable, "-c", _POOR], capture_output=True, text=True, check=True)
    assert said.stdout == "NO_MEMORY\n"
