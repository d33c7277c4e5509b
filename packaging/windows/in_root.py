"""Commands in the Debian 13 that builds for Windows."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from shlex import join

_RUN = Path(__file__).with_name("root.sh")


@dataclass(frozen=True, slots=True)
class InRoot:
    """The root, and the one folder in it where work is laid."""

    root: Path

    @property
    def work(self) -> Path:
        """The folder as it is seen from outside; inside it is /made."""
        return self.root / "made"

    def begin(self) -> None:
        """Lay nothing there but an empty folder."""
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir()

    def run(self, *words: str, **environment: str) -> str:
        """Run a command in /made; returns what it says, raises CalledProcessError."""
        said = [f"{name}={value}" for name, value in environment.items()]
        line = f"cd /made && {join(['env', *said, *words])} 2>&1"
        done = subprocess.run(
            [_RUN, self.root, "run", line], check=False, capture_output=True, text=True
        )
        if done.returncode:
            raise RuntimeError(f"{join(words)}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout
