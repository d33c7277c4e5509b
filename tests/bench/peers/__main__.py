"""`make bench-peers`: our export, import and reading of sheets beside other programs'.

In turn and in one run, like `python -m tests.bench`. The peers run by the Python of build/peers,
each in a process of its own; ours in this one. What they do differs, and so a ratio here is no
floor:

- Anki packs notes with cards into a compressed file and takes one in: plain SQLite, no
  signature, no encryption, nothing judged. Its notes carry the very lines of our package.
- sqlite-utils puts the same lines, as objects, into one table of a plain file.
- openpyxl and calamine read every value of the sheet that ours understands and looks up.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

from app.domain.records import Person
from app.services.workbooks import excel_preview
from tests.bench import exporting, importing, report
from tests.bench.measuring import Outcome, Plan, Side, Times, timed
from tests.bench.packages import plain_records
from tests.bench.stores import BUILD, Prepared, opened

PYTHON = BUILD.parent / "peers" / "bin" / "python"
CHILD = Path(__file__).with_name("child.py")


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.peers", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes, to see that it runs")
    parser.add_argument("--rounds", type=int, help="turns of each side (default 5; quick 2)")
    asked = parser.parse_args()
    if not PYTHON.exists():
        parser.error("the peers are not installed here: `make bench-peers` does it")
    plan = Plan(asked.quick, asked.rounds or (2 if asked.quick else 5), Prepared())
    with plan.prepared.work() as folder:
        print(report.as_table(_Beside(plan, folder).measure()))


class _Beside:
    """One folder in which the peers work, with the lines of our package and our sheet."""

    def __init__(self, plan: Plan, folder: Path) -> None:
        self._plan, self._folder = plan, folder
        self._count = importing.size(plan)
        _write_lines(plan, folder / "records.jsonl")
        shutil.copyfile(plan.prepared.persons_sheet(self._persons), folder / "sheet.xlsx")
        self._peer("make-notes")
        self._peer("anki-export")

    @property
    def _persons(self) -> int:
        return self._plan.size(20_000, 1_000)

    def measure(self) -> list[Outcome]:
        """Every pair."""
        count, persons = f"{self._count:,}", f"{self._persons:,}"
        export = partial(exporting.ours, self._plan)
        take_in, look = partial(importing.ours_alone, self._plan), self._preview
        return [
            self._pair(f"export of {count} (Anki's)", export, "anki-export", 0.4),
            self._pair(f"import of {count} (Anki's)", take_in, "anki-import", 1.5),
            self._pair(f"import of {count} (sqlite-utils)", take_in, "sqlite-utils", None),
            self._pair(f"sheet of {persons} looked at (openpyxl reads it)", look, "openpyxl", None),
            self._pair(f"sheet of {persons} looked at (calamine reads it)", look, "calamine", None),
        ]

    def _pair(self, name: str, ours: Side, job: str, aim: float | None) -> Outcome:
        rounds = []
        for _ in range(self._plan.rounds + 1):
            rounds.append((*timed(ours), *self._peer(job)))
        columns = zip(*(tuple(1000 * one for one in row) for row in rounds[1:]), strict=True)
        mine, mine_cpu, theirs, theirs_cpu = columns
        return Outcome(name, Times(mine, theirs, mine_cpu, theirs_cpu), aim)

    def _peer(self, job: str) -> tuple[float, float]:
        """Seconds on the clock and of the CPU that a peer took."""
        command = [str(PYTHON), str(CHILD), job, str(self._folder), str(self._count)]
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
        clock, cpu = json.loads(done.stdout.splitlines()[-1])
        return clock, cpu

    def _preview(self) -> AbstractContextManager[Callable[[], object]]:
        return _looked_at(self._plan, self._folder / "sheet.xlsx")


def _write_lines(plan: Plan, path: Path) -> None:
    """The revisions of our package, one a line, as the peers are given them."""
    office = opened(plan.prepared.city())
    secret = office.secrets.age_identity
    office.close()
    package = plan.prepared.package(importing.size(plan))
    with path.open("wb") as out:
        for part in plain_records(package, secret):
            out.writelines(bytes(line.r) + b"\n" for line in importing.lines_of(part))


@contextmanager
def _looked_at(plan: Plan, sheet: Path) -> Iterator[Callable[[], object]]:
    with plan.prepared.copy_of(plan.prepared.county(0)) as folder:
        office = opened(folder)
        yield partial(excel_preview.preview, office, Person, sheet)
        office.close()


if __name__ == "__main__":
    main()
