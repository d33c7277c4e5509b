"""Gathers what an installed program is made of, for one system.

In the folder that is made:

    program/     app, database, demo and resources of this commit, as git knows them
    libraries/   the locked libraries, and what the program says of itself
    quickstart.pdf 快速上手, to be printed before the program is opened for the first time
    licences.txt all licences
    sbom.json    the list of parts (CycloneDX 1.5)

The interpreter is the system's own affair; `beside` names it for the list of parts. Everything
is compiled for Python 3.11, so run it with that; the same commit gives the same bytes.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from pathlib import Path

from bundle import checkout, lock
from bundle.dated import compile_all, compile_bare, settle
from bundle.licences import licence_texts
from bundle.sbom import Part, sbom
from bundle.targets import TARGETS, Target
from bundle.wheels import lay_out

COMPILED_FOR = (3, 11)
_PRINT = """
import sys
from pathlib import Path
from app.documents.booklets.quick_start import quick_start
quick_start(Path(sys.argv[1]))
"""


def gather(target: Target, wheels: Path, out: Path, beside: Iterable[Part] = ()) -> int:
    """Make `out` anew from the checkout and the wheels; returns its size in bytes."""
    if sys.version_info[:2] != COMPILED_FOR:
        raise RuntimeError("run it with Python 3.11")
    shutil.rmtree(out, ignore_errors=True)
    program, libraries = out / "program", out / "libraries"
    for name in checkout.program_files():
        (program / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(checkout.ROOT / name, program / name)
    pins = lock.pins(target)
    for pin in pins:
        lay_out(target.name, lock.wheel_of(pin, wheels), libraries)
    _say_itself(libraries)
    compile_all(program)
    compile_bare(libraries)
    _print_quick_start(out / "quickstart.pdf")
    (out / "licences.txt").write_text(licence_texts(program, libraries), "utf-8")
    (out / "sbom.json").write_text(sbom(target.name, pins, wheels, beside), "utf-8")
    return settle(out, checkout.commit_time())


def _print_quick_start(out: Path) -> None:
    """By the checkout's own program, whatever system is gathered for."""
    subprocess.run([sys.executable, "-c", _PRINT, out.resolve()], cwd=checkout.ROOT, check=True)


def _say_itself(libraries: Path) -> None:
    said = libraries / f"zoufang-{checkout.version()}.dist-info"
    said.mkdir()
    (said / "METADATA").write_text(checkout.metadata(), "utf-8")
    (said / "RECORD").write_text(f"{said.name}/METADATA,,\n{said.name}/licenses/LICENSE,,\n")
    (said / "licenses").mkdir()
    shutil.copyfile(checkout.ROOT / "LICENSE", said / "licenses" / "LICENSE")


def main(words: Sequence[str] | None = None) -> int:
    """Download what is locked and gather it."""
    asked = ArgumentParser(prog="bundle.gather", description="gather an installed program")
    asked.add_argument("system", choices=sorted(TARGETS))
    asked.add_argument("out", type=Path)
    asked.add_argument("--wheels", type=Path, required=True, help="where downloads are kept")
    given = asked.parse_args(words)
    target = TARGETS[given.system]
    lock.download(target, given.wheels)
    size = gather(target, given.wheels, given.out)
    print(f"{given.out}: {size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
