"""Say how many changed lines the tests noticed, module by module, after `make mutants`.

    python packaging/mutation_score.py [--survivors] [PATTERN …]

Reads what mutmut left below `mutants/`; PATTERN is that of mutmut (`app.domain.merging.*`),
nothing stands for all. With `--survivors` every change that no test noticed is shown. A change
that made the tests run for ever counts as noticed; one that has not been tried counts nowhere.
"""

from __future__ import annotations

import argparse
import difflib
import json
from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple

UNNOTICED = {0: "survived", 5: "no test", 33: "no test"}
UNTRIED = {None, 2, 34}


class Mutant(NamedTuple):
    """One changed line: its module, mutmut's name of it, and how its tests ended."""

    source: Path
    module: str
    name: str
    exit_code: int | None

    @property
    def outcome(self) -> str:
        """`killed`, `survived`, `no test` or `untried`."""
        if self.exit_code in UNTRIED:
            return "untried"
        return UNNOTICED.get(self.exit_code or 0, "killed")


def found(folder: Path, patterns: list[str]) -> Iterator[Mutant]:
    """Every mutant below the folder that fits a pattern, in order of its module."""
    for meta in sorted(folder.rglob("*.meta")):
        source = meta.with_suffix("")
        module = ".".join(source.relative_to(folder).with_suffix("").parts)
        for name, code in json.loads(meta.read_text())["exit_code_by_key"].items():
            if any(fnmatch(name, pattern) for pattern in patterns):
                yield Mutant(source, module, name, code)


def change(mutant: Mutant) -> list[str]:
    """The lines of a function that differ, before and after."""
    lines = mutant.source.read_text().splitlines()
    spans = json.loads(Path(f"{mutant.source}.spans").read_text())["spans"]
    name = mutant.name.removeprefix(f"{mutant.module}.")
    stem = name.rpartition("__mutmut_")[0]
    before, after = (
        lines[start:end] for start, end in (spans[f"{stem}__mutmut_orig"], spans[name])
    )
    differing = list(difflib.unified_diff(before, after, lineterm="", n=0))[2:]
    return [line for line in differing if line[0] in "+-" and "__mutmut_" not in line]


def row(name: str, counts: Counter[str]) -> str:
    """One line of the table."""
    tried = counts.total() - counts["untried"]
    share = f"{100 * counts['killed'] / tried:5.1f} %" if tried else "      –"
    rest = counts["survived"] + counts["no test"]
    return f"{name:<42}{tried:>7}{counts['killed']:>8}{rest:>10}{counts['untried']:>9}  {share}"


def main() -> None:
    """Print the table, and the survivors before it when asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--survivors", action="store_true")
    parser.add_argument("patterns", nargs="*")
    asked = parser.parse_args()
    by_module: dict[str, Counter[str]] = {}
    for mutant in found(Path("mutants"), asked.patterns or ["*"]):
        by_module.setdefault(mutant.module, Counter())[mutant.outcome] += 1
        if asked.survivors and mutant.outcome in UNNOTICED.values():
            print(f"{mutant.name}  {mutant.outcome}", *change(mutant), sep="\n")
    print(f"{'module':<42}{'tried':>7}{'killed':>8}{'survived':>10}{'untried':>9}")
    total = sum(by_module.values(), Counter[str]())
    for name, counts in [*by_module.items(), ("total", total)]:
        if name == "total" or counts.total() > counts["untried"]:
            print(row(name, counts))


if __name__ == "__main__":
    main()
