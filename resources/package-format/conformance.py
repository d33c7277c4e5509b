#!/usr/bin/env python3
"""Run a reader of packages over all examples and compare its verdicts (package format F20).

    python3 conformance.py [--only WORD]… [--jobs N] [--timeout SECONDS] -- READER [WORD…]

The reader is run as `READER FILE [--trust T] [--identity I] [--passphrase P]` and prints
one JSON object on standard output. Python's standard library is all that is needed.
Exit status: 0 when every verdict is as expected, 1 when not, 2 for wrong usage.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
EXAMPLES = FOLDER / "examples"
OPTIONS = (("trust", "--trust"), ("identity", "--identity"))


def cases(only: Sequence[str] = ()) -> list[dict[str, Any]]:
    """The expected verdicts; `only` keeps those whose file or rules hold one of the words."""
    text = (EXAMPLES / "expected.json").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = json.loads(text)["cases"]
    return [case for case in found if not only or any(_meant(word, case) for word in only)]


def _meant(word: str, case: dict[str, Any]) -> bool:
    """Whether the word is part of the file's name, or a rule of the example, or its section."""
    return word in case["file"] or any(f"{rule}.".startswith(f"{word}.") for rule in case["rules"])


def words(case: dict[str, Any]) -> list[str]:
    """The reader's arguments for one example."""
    found = [str(EXAMPLES / case["file"])]
    for name, option in OPTIONS:
        if case[name]:
            found += [option, str(EXAMPLES / case[name])]
    if case["passphrase"]:
        found += ["--passphrase", case["passphrase"]]
    return found


def differences(case: dict[str, Any], told: Any) -> list[str]:
    """What of a verdict is not as expected, one sentence each."""
    if not isinstance(told, dict):
        return ["no verdict"]
    found = []
    for name, value in case["verdict"].items():
        said = told.get(name)
        if name == "header" and isinstance(value, dict) and isinstance(said, dict):
            said = {member: said.get(member) for member in value}
        if said != value or type(said) is not type(value):
            found.append(f"{name}: {_short(said)}, expected {_short(value)}")
    return found


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 120 else text[:117] + "…"


def ask(reader: Sequence[str], case: dict[str, Any], timeout: float) -> list[str]:
    """Run the reader over one example; what was not as expected."""
    try:
        done = subprocess.run(
            [*reader, *words(case)], capture_output=True, timeout=timeout, check=False
        )
    except subprocess.TimeoutExpired:
        return [f"no verdict within {timeout:g} s"]
    except OSError as error:
        return [str(error)]
    try:
        told = json.loads(done.stdout)
    except ValueError:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        return ["no JSON on standard output", *said]
    return differences(case, told)


def main(arguments: Sequence[str]) -> int:
    """Print a table and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--only", action="append", default=[], help="part of a file, or a rule")
    parser.add_argument("--jobs", type=int, default=1, help="readers at a time")
    parser.add_argument("--timeout", type=float, default=60, help="seconds for one file")
    parser.add_argument("reader", nargs="+", help="the command of the reader")
    given = parser.parse_args(arguments)
    chosen = cases(given.only)
    with concurrent.futures.ThreadPoolExecutor(given.jobs) as pool:
        results = pool.map(lambda case: ask(given.reader, case, given.timeout), chosen)
        failed = sum(_report(case, found) for case, found in zip(chosen, results, strict=True))
    print(f"{len(chosen) - failed} of {len(chosen)} as expected")
    return 1 if failed or not chosen else 0


def _report(case: dict[str, Any], found: list[str]) -> bool:
    expected = case["verdict"]
    codes = [expected["code"], *(one["code"] for one in expected["aside"])]
    code = " ".join(dict.fromkeys(code for code in codes if code)) or "accepted"
    mark = "FAIL" if found else "ok"
    print(f"{mark:4}  {case['file']:52}  {code:32}  {' '.join(case['rules'])}")
    for line in found:
        print(f"        {line}")
    sys.stdout.flush()
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
