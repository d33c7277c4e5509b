"""A bare Debian of some release, in which the package is installed as on an office's computer."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PATH = "/usr/sbin:/usr/bin:/sbin:/bin"


class BareRoot:
    """Runs commands in the root; `path` is where it lies."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def run(self, *words: str, user: str = "", said: str | None = None, **more: str) -> str:
        """What a command there says; raises when it fails. `more` is its environment."""
        done = subprocess.run(
            self.words(*words, user=user, **more),
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            input=said,
            text=True,
        )
        assert done.returncode == 0, f"{' '.join(words)}: {done.stdout[-3000:]}"
        return done.stdout

    def words(self, *words: str, user: str = "", **more: str) -> list[str]:
        """The command for this machine that runs `words` in the root."""
        home = f"/home/{user}" if user else "/root"
        said = {"PATH": _PATH, "LANG": "C.UTF-8", "HOME": home, **more}
        given = [f"{name}={value}" for name, value in said.items()]
        # Groups are looked up in the root only without --groups, so they are given by su.
        enter = ["chroot", str(self.path), "env", "-i", *given]
        if not user:
            return [*enter, *words]
        return [*enter, "setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups", *words]

    def install(self, *packages: str) -> None:
        """Install without what is only recommended."""
        words = ("apt-get", "-qq", "-y", "--no-install-recommends", "install", *packages)
        self.run(*words, DEBIAN_FRONTEND="noninteractive")


def make_base(release: str, place: Path) -> Path:
    """The release as debootstrap makes it, kept in `place` for the next time."""
    base = place / f"bare-{release}"
    if not (base / "made").exists():
        shutil.rmtree(base, ignore_errors=True)
        mirror = [os.environ["DEBIAN_MIRROR"]] if "DEBIAN_MIRROR" in os.environ else []
        words = ["debootstrap", "--variant=minbase", release, str(base), *mirror]
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
        (base / "made").touch()
    return base


@contextmanager
def fresh(base: Path, place: Path) -> Iterator[BareRoot]:
    """A root over `base` whose changes go when it is left."""
    upper, work, root = (place / name for name in ("upper", "work", "root"))
    for folder in (upper, work, root):
        folder.mkdir()
    layers = f"lowerdir={base},upperdir={upper},workdir={work}"
    subprocess.run(["mount", "-t", "overlay", "overlay", "-o", layers, root], check=True)
    mounted = [root]
    try:
        for kind, inside in (("proc", "proc"), ("tmpfs", "dev/shm")):
            (root / inside).mkdir(exist_ok=True)
            subprocess.run(["mount", "-t", kind, kind, root / inside], check=True)
            mounted.append(root / inside)
        yield BareRoot(root)
    finally:
        for one in reversed(mounted):
            subprocess.run(["umount", "--lazy", one], check=True)
