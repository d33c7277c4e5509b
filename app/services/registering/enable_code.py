"""启用码: what opens the files of a 启用包; a wrong one is told where it is typed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from app.domain.kernel.errors import UserError
from app.exchange.packagereader import inspect_package, open_package
from app.exchange.refusal import Refused
from app.exchange.trust import Trust

CLOSED = "NOT_FOR_US"
"""How a file is refused that the 启用码 does not open."""


def require_enable_code(files: Iterable[Path], trust: Trust, code: str) -> None:
    """Raises `UserError` ENABLE_CODE unless the code opens every file that wants one.

    `trust` is the trust document of the 启用包; raises `Refused` for a file that is not sound.
    """
    for file in files:
        head = inspect_package(file).header
        if head.kind == "trust" or head.recipients:
            continue
        try:
            with open_package(file, trust=trust, passphrase=code):
                pass
        except Refused as refusal:
            if refusal.code == CLOSED:
                raise wrong_code() from refusal
            raise


def wrong_code() -> UserError:
    """What is said of a 启用码 that opens nothing."""
    return UserError(
        "ENABLE_CODE",
        "启用码不对，打不开启用包。",
        remedy="请照启用函逐位再输一次；启用函和启用包要是同一次办的。还是不对，请打电话问市总工会。",
    )
