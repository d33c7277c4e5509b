"""Make the examples of the package format: `python -m tests.format.make_examples`.

They lie in resources/package-format/examples, come out the same every time, and are
made again when the format, the rules or the writer's bytes change.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec import structs

from app.services.receiving.inspection import Means, inspect_file
from tests.exchange.attacks import ATTACKS
from tests.exchange.spoil import Desk
from tests.format import close_calls
from tests.format.broken_rules import BROKEN, TOO_LARGE_TO_KEEP
from tests.format.chance import fixed
from tests.format.example import FOLDER, KEYS, TRUSTS, Example
from tests.format.good_packages import GOOD
from tests.format.more_attacks import MORE

COMPARED = (
    "verdict", "code", "tip", "opened", "lines", "lines_sha256", "scans", "aside", "trust_version",
)  # fmt: skip
_OF_HEADER = ("kind", "writer", "to", "seq")


def attacks() -> Mapping[str, Example]:
    """The attacks of the tests that are small enough to be kept, and more."""
    kept = {name: case for name, case in ATTACKS.items() if name not in TOO_LARGE_TO_KEEP}
    old = {
        name: Example(case.make, case.code, f"trust-{case.known}", rules=BROKEN[name])
        for name, case in kept.items()
    }
    return {**old, **MORE}


def examples() -> Iterator[tuple[str, Example]]:
    """Every example with the path of its file."""
    for group, found in (("golden", {**GOOD, **close_calls.GOOD}), ("attacks", attacks())):
        for name in sorted(found):
            yield f"{group}/{name}.zfpkg", found[name]


def made(path: str, example: Example, folder: Path) -> bytes:
    """The bytes of one example, made in a folder that is thrown away."""
    with fixed(path):
        return example.make(Desk(folder))


def expected(path: str, example: Example, file: Path) -> dict[str, Any]:
    """What a reader has, and the verdict it must come to."""
    trust = TRUSTS[example.trust]() if example.trust else None
    identities = [KEYS[example.key].secret] if example.key else []
    found = inspect_file(file, Means(trust, identities, example.passphrase)).verdict
    aside = {one.code for one in found.aside}
    if example.code not in (found.code, *aside) or (found.code and found.code != example.code):
        raise AssertionError(f"{path}: {example.code}, and not {found.code} {aside} {found.detail}")
    told = {name: _member(found, name) for name in COMPARED}
    if found.header is not None:
        told["header"] = {name: _member(found.header, name) for name in _OF_HEADER}
    else:
        told["header"] = None
    given = {
        "trust": f"trust/{example.trust}.zfpkg" if example.trust else None,
        "identity": f"keys/{example.key}.age" if example.key else None,
        "passphrase": example.passphrase,
    }
    return {"file": path, "rules": list(example.rules), **given, "verdict": told}


def _member(struct: Any, name: str) -> Any:
    """A member as it stands in JSON."""
    return msgspec.to_builtins(structs.asdict(struct)[name])


def make(folder: Path) -> None:
    """Write all of it into a folder that is emptied first."""
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("golden", "attacks"):
        (folder / name).mkdir(parents=True)
    write_means(folder)
    cases = []
    with tempfile.TemporaryDirectory() as work:
        for path, example in examples():
            file = folder / path
            file.write_bytes(made(path, example, Path(work)))
            cases.append(expected(path, example, file))
    rows = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    text = f'{{"format": 1, "cases": [\n{rows}\n]}}\n'
    (folder / "expected.json").write_text(text, encoding="utf-8")


def write_means(folder: Path) -> None:
    """Keys of nobody, and the trust documents as packages."""
    for name in ("keys", "trust"):
        (folder / name).mkdir(parents=True)
    for name, office in KEYS.items():
        words = "# a key of nobody, for tests alone\n"
        (folder / "keys" / f"{name}.age").write_text(f"{words}{office.secret}\n", encoding="ascii")
    with tempfile.TemporaryDirectory() as work:
        desk = Desk(Path(work))
        for name, trust in TRUSTS.items():
            with fixed(name):
                data = desk.trust(trust()).zip()
            (folder / "trust" / f"{name}.zfpkg").write_bytes(data)


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER / "examples")
