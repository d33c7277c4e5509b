"""An input method in a bare root, as an account has it that types Chinese by pinyin."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from tests.linux.bare_root import BareRoot
from tests.linux.screen import until

_PROFILE = """\
[Groups/0]
Name=Default
Default Layout=us
DefaultIM=pinyin
[Groups/0/Items/0]
Name=keyboard-us
[Groups/0/Items/1]
Name=pinyin
[GroupOrder]
0=Default
"""

Run = Callable[..., str]
"""Runs a command in the account's session, and gives what it says."""


@dataclass(frozen=True, slots=True)
class InputMethod:
    """What is installed for it, what a desktop sets for it, and how it is begun.

    `to_chinese` are the keys that lead from Latin letters to Chinese.
    """

    packages: tuple[str, ...]
    environment: Mapping[str, str]
    begin: Callable[[Run], None]
    to_chinese: tuple[str, ...] = ()


def _begin_fcitx5(run: Run) -> None:
    keep = 'mkdir -p "$HOME/.config/fcitx5" && cat >"$HOME/.config/fcitx5/profile"'
    run("sh", "-c", keep, said=_PROFILE)
    ask = "fcitx5-remote 2>/dev/null || true"
    until(lambda: run("sh", "-c", ask).strip().isdigit(), "fcitx5")


def _begin_ibus(run: Run) -> None:
    run("sh", "-c", "ibus-daemon --daemonize --panel=disable >/dev/null 2>&1")
    ask = "ibus engine libpinyin >/dev/null 2>&1; ibus engine || true"
    until(lambda: "libpinyin" in run("sh", "-c", ask), "ibus")


INPUT_METHODS = {
    "fcitx5": InputMethod(
        ("fcitx5", "fcitx5-chinese-addons", "dbus-daemon"),
        {"XMODIFIERS": "@im=fcitx", "QT_IM_MODULE": "fcitx"},
        _begin_fcitx5,
        to_chinese=("ctrl+space",),
    ),
    "ibus": InputMethod(
        ("ibus", "ibus-libpinyin", "dbus-daemon"),
        {"XMODIFIERS": "@im=ibus", "QT_IM_MODULE": "ibus"},
        _begin_ibus,
    ),
}


@contextmanager
def begun(root: BareRoot, one: InputMethod, user: str, display: str) -> Iterator[dict[str, str]]:
    """The environment of a session in which it answers; what was begun ends with it."""
    desktop = {"DISPLAY": display, **one.environment}
    bus = subprocess.Popen(
        root.words("dbus-daemon", "--session", "--nofork", "--print-address", user=user, **desktop),
        stdout=subprocess.PIPE,
        text=True,
    )
    with bus:
        assert bus.stdout is not None
        address = bus.stdout.readline().strip()
        session = {**desktop, "DBUS_SESSION_BUS_ADDRESS": address}

        def run(*words: str, said: str | None = None) -> str:
            return root.run(*words, user=user, said=said, **session)

        try:
            one.begin(run)
            yield session
        finally:
            bus.terminate()
