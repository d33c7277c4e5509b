"""A computer with Windows, as far as wine is one."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shlex import quote

from tests.linux.screen import Screen

_RUN = Path(__file__).parents[2] / "packaging" / "windows" / "root.sh"
_PREFIX = "var/tmp/computer"
_SAID = {
    "HOME": "/root",
    "LANG": "C.UTF-8",
    "WINEDEBUG": "-all",
    "WINEPREFIX": f"/{_PREFIX}",
    "XDG_RUNTIME_DIR": "/tmp",
}


class Wine:
    """Runs programs in the root; `disk` is its drive C."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.disk = root / _PREFIX / "drive_c"

    def begin(self) -> None:
        """A computer as new."""
        shutil.rmtree(self.root / _PREFIX, ignore_errors=True)
        self.run("wineboot", "--init")

    def run(self, *words: str, ends: int = 0, said: str | None = None, **more: str) -> str:
        """What a program says; fails when it ends otherwise. `more` is its environment.

        A console of wine writes in its own code page; what it writes otherwise is not read.
        """
        done = subprocess.run(
            self._words(words, more),
            check=False,
            input=said,
            text=True,
            errors="replace",
            stdout=subprocess.PIPE,
        )
        assert done.returncode == ends, f"{words}: {done.returncode} {done.stdout[-3000:]}"
        return done.stdout

    def start(self, *words: str, display: str) -> subprocess.Popen[str]:
        """A program with a window, on a screen of this machine.

        The desktop of what ran before without a screen would hold the window unseen.
        """
        self.end()
        return subprocess.Popen(self._words(words, {"DISPLAY": display}), text=True)

    def end(self) -> None:
        """Whatever still runs there is ended."""
        subprocess.run(self._words(("wineserver", "--kill"), {}), check=False)
        self.run("wineserver", "--wait")

    def _words(self, words: tuple[str, ...], more: dict[str, str]) -> list[str | Path]:
        program = words if words[0] in ("wineboot", "wineserver") else ("wine", *words)
        said = " ".join(f"{name}={quote(value)}" for name, value in {**_SAID, **more}.items())
        return [_RUN, self.root, "run", f"env {said} {' '.join(map(quote, program))} 2>/dev/null"]


class WineScreen(Screen):
    """wine takes over what was copied a while later, and says nothing of it."""

    def type(self, text: str) -> None:
        if text.isascii():
            super().type(text)
            return
        environment = {**os.environ, "DISPLAY": self.display}
        copy = ["xclip", "-selection", "clipboard"]
        subprocess.run(copy, check=True, env=environment, input=text, text=True)
        time.sleep(3)
        self.press("ctrl+v")
        time.sleep(3)


@contextmanager
def shown() -> Iterator[WineScreen]:
    """A screen of this machine, with a window manager."""
    words = ["Xvfb", "-displayfd", "1", "-screen", "0", "1366x768x24"]
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stdout is not None
        display = f":{server.stdout.readline().strip()}"
        environment = {**os.environ, "DISPLAY": display}
        with subprocess.Popen(["openbox"], env=environment, stderr=subprocess.DEVNULL) as manager:
            try:
                yield WineScreen(display)
            finally:
                manager.terminate()
                server.terminate()
