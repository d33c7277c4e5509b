"""Makes the folder of the program for Windows, and the set-up that carries it.

    python -m windows.make_setup ROOT BUILD

ROOT is the Debian 13 of `root.sh`; BUILD has `parts` and `wheels` as `build.sh` fetches them, and
gets `zoufang/` and `zoufang-VERSION-setup.exe`. The same commit gives the same folder; makensis
has packed one folder into two different files of the same length.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path, PureWindowsPath

from bundle import checkout, lock
from bundle.dated import settle
from bundle.gather import gather
from bundle.targets import WINDOWS

from windows import icons, interpreter
from windows.in_root import InRoot

_HERE = Path(__file__).resolve().parent
_COMPILER = "x86_64-w64-mingw32-gcc -municode -Os -s -static -Wall -Wextra -Werror".split()
_UNDATED = "-Wl,--no-insert-timestamp"
_PROGRAMS = {"zoufang.exe": "-mwindows", "zoufang-cmd.exe": "-DCONSOLE"}


def make(root: InRoot, build: Path) -> Path:
    """Make both; returns the set-up."""
    root.begin()
    wheels, parts = build / "wheels", build / "parts"
    lock.download(WINDOWS, wheels)
    folder = root.work / "zoufang"
    python = root.work / "python"
    beside = interpreter.lay_out(parts, root, python)
    gather(WINDOWS, wheels, folder, beside)
    shutil.move(python, folder / "python")
    for name in ("launcher.c", "zoufang.rc", "zoufang.manifest", "setup.nsi", "sign.sh"):
        shutil.copy(_HERE / name, root.work / name)
    _take_certificate(root)
    _compile(root, folder)
    (root.work / "removal.nsh").write_text(removal_of(folder), "utf-8")
    size = settle(folder, checkout.commit_time())
    shutil.rmtree(build / "zoufang", ignore_errors=True)
    shutil.copytree(folder, build / "zoufang")
    return _pack(root, build, size)


def _take_certificate(root: InRoot) -> None:
    """The office's own, where it is given; it is removed again with the work."""
    if given := os.environ.get("ZOUFANG_CERTIFICATE"):
        shutil.copy(given, root.work / "certificate.p12")
        shutil.copy(os.environ["ZOUFANG_CERTIFICATE_PASSWORD"], root.work / "certificate.txt")


def _compile(root: InRoot, folder: Path) -> None:
    """The programs that start the interpreter, with sign and version."""
    icons.draw(root.work)
    shutil.copy(root.work / "package.ico", folder / "package.ico")
    version = checkout.version()
    numbers = version.replace(".", ",")
    words = ["x86_64-w64-mingw32-windres", "-c", "65001", f"-DNUMBERS={numbers}"]
    root.run(*words, f'-DVERSION=\\"{version}\\"', "-O", "coff", "zoufang.rc", "resources.o")
    for name, kind in _PROGRAMS.items():
        made = [kind, "launcher.c", "resources.o", "-o", f"zoufang/{name}"]
        root.run(*_COMPILER, _UNDATED, *made)
        root.run("./sign.sh", f"zoufang/{name}")


def removal_of(folder: Path) -> str:
    """What takes away, line by line, all that the set-up lays down and nothing else."""
    lines = []
    for one in sorted(folder.iterdir()):
        how = "RMDir /r" if one.is_dir() else "Delete"
        lines.append(f'{how} "{PureWindowsPath("$INSTDIR", one.name)}"')
    return "\n".join([*lines, ""])


def _pack(root: InRoot, build: Path, size: int) -> Path:
    version = checkout.version()
    words = ["makensis", "-V2", "-INPUTCHARSET", "UTF8", "-WX", f"-DVERSION={version}"]
    words += [f"-DKILOBYTES={size // 1024}", "-DSIGN=/made/sign.sh", "setup.nsi"]
    root.run(*words, SOURCE_DATE_EPOCH=str(checkout.commit_time()))
    root.run("./sign.sh", "zoufang-setup.exe")
    made = build / f"zoufang-{version}-setup.exe"
    shutil.copyfile(root.work / "zoufang-setup.exe", made)
    for name in ("certificate.p12", "certificate.txt"):
        (root.work / name).unlink(missing_ok=True)
    print(f"{made}: {made.stat().st_size / 1e6:.1f} MB, installed {size / 1e6:.1f} MB")
    return made


if __name__ == "__main__":
    make(InRoot(Path(sys.argv[1])), Path(sys.argv[2]))
