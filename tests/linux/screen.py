"""A screen in a bare root, and hands at its keyboard."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.linux.bare_root import BareRoot

_PATIENCE = 600.0
"""Seconds until a screen that does not come is given up."""


class Screen:
    """One display; keys go to whatever has the focus."""

    def __init__(self, display: str) -> None:
        self.display = display
        self._environment = {**os.environ, "DISPLAY": display}

    def _do(self, *words: str, said: str | None = None) -> str:
        done = subprocess.run(
            words, check=True, env=self._environment, input=said, text=True, stdout=subprocess.PIPE
        )
        return done.stdout

    def press(self, *keys: str) -> None:
        """Press keys one after the other, as fast as a quick clerk."""
        for key in keys:
            self._do("xdotool", "key", "--clearmodifiers", key)
            time.sleep(0.4)

    def type(self, text: str) -> None:
        """Type what stands on the keys; other text is pasted."""
        if text.isascii():
            self._do("xdotool", "type", "--delay", "60", text)
            time.sleep(0.4)
            return
        with subprocess.Popen(
            ["xclip", "-selection", "clipboard"],
            env=self._environment,
            stdin=subprocess.PIPE,
            text=True,
        ) as holder:
            holder.communicate(text)
        self.press("ctrl+v")

    def window(self, name: str) -> bool:
        """Whether a window of that name is shown."""
        words = ["xdotool", "search", "--onlyvisible", "--name", name]
        return not subprocess.run(
            words, check=False, env=self._environment, stdout=subprocess.DEVNULL
        ).returncode

    def colour(self, x: int, y: int) -> str:
        """`#RRGGBB` of one point."""
        crop = ("-window", "root", "-crop", f"1x1+{x}+{y}", "-depth", "8", "txt:-")
        return self._do("import", *crop).splitlines()[-1].split()[2][:7]

    def picture(self, path: Path) -> None:
        """Keep what is seen."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._do("import", "-window", "root", str(path))


def until(it_is_so: Callable[[], object], what: str) -> None:
    """Wait for it; a machine that is busy may take its time."""
    end = time.monotonic() + _PATIENCE
    while not it_is_so():
        assert time.monotonic() < end, f"never came: {what}"
        time.sleep(0.5)


@contextmanager
def screen(root: BareRoot) -> Iterator[Screen]:
    """Xvfb of the root, with a window manager of this machine."""
    words = root.words("Xvfb", "-displayfd", "1", "-screen", "0", "1366x768x24")
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stdout is not None
        display = f":{server.stdout.readline().strip()}"
        manager = subprocess.Popen(
            ["openbox"], env={**os.environ, "DISPLAY": display}, stderr=subprocess.DEVNULL
        )
        try:
            yield Screen(display)
        finally:
            for one in (manager, server):
                with suppress(ProcessLookupError):
                    one.terminate()
            manager.wait()
