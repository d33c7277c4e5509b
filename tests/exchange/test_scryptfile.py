"""Files sealed with a 启用码 are age files: another implementation opens them, and ours its."""

from __future__ import annotations

import base64
import io
import os
import subprocess
import sys

import pyrage
import pytest

from app.exchange import scryptfile
from app.exchange.refusal import Refused
from tests.exchange.offices import CODE


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
def test_a_cost_nobody_can_pay_is_refused_at_once() -> None:
    assert code_of(sealed(b"units").replace(b" 8\n", b" 40\n", 1)) == "PKG_CORRUPT"


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
