"""`make year`: a made city's year in a real store, what is found in it, and every time.

13 offices, 100,000 visits, 35,000 persons, 60,000 cases and aids, 9,000 enterprises with twins
and clashes that are known. Prints recall and precision of 疑似重复 by kind and strength, and
the seconds of every list of the city's desk. `--scale 0.01` makes a hundredth of it.
"""

from __future__ import annotations

import argparse
import json
import shutil
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from app.domain.doubles import Kind, Strength
from app.services.backup import integrity
from app.services.deciding import findings, received_check
from app.services.figures import coverage, dues, possible_doubles, statistics
from app.services.figures.possible_doubles import PairView
from app.services.office.office import Office
from app.services.receiving import take_package
from app.services.reviewing import answers
from app.services.todo import campaign_progress, looking_ahead, todo_city
from app.services.todo.today import today
from tests.bench.city_year import recounting, stores
from tests.bench.city_year.chance import Clash
from tests.bench.city_year.judging import (
    SURE,
    Judged,
    Pair,
    clashes_in_memory,
    judged,
    judged_in_memory,
    recalled,
)
from tests.bench.city_year.made import make_year
from tests.bench.stores import BUILD, Prepared
from tests.services import offices

T = TypeVar("T")


def main() -> None:
    """Make the year, unless it stands already, and look at it."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.year", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--into", type=Path, help="where it is made and kept (build/bench)")
    parser.add_argument("--doubles", action="store_true", help="only what 疑似重复 finds")
    parser.add_argument("--missed", action="store_true", help="name what was missed or wrong")
    parser.add_argument("--memory", action="store_true", help="only 疑似重复, without a store")
    asked = parser.parse_args()
    if asked.memory:
        book = make_year(asked.seed, asked.scale)
        _print(timed("疑似重复", lambda: judged_in_memory(book)), missed=asked.missed)
        _print_clashes(timed("不重复、不交叉", lambda: clashes_in_memory(book)))
        return
    root = asked.into or BUILD / f"year-{asked.seed}-{asked.scale:g}"
    if not (root / stores.TRUTH).exists():
        _make(root, asked.seed, asked.scale)
    office = offices.reopened(root / "市总", stores.clock())
    _judge(office, root, missed=asked.missed)
    if not asked.doubles:
        _recount(office, root)
        _desk(office, root)
        _two_levels(office, root)
        office.close()
        office = offices.reopened(root / "市总", stores.clock())
        _new_session(office)
    office.close()


def _make(root: Path, seed: int, scale: float) -> None:
    """Merge it in a folder of its own; what was sent is that of the benchmark of the same year."""
    made = timed("key and send", lambda: stores.kept(Prepared(), seed, scale))
    part = root.with_name(f"{root.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    shutil.copytree(made / "市总", part / "市总")
    shutil.copytree(made / "报送", part / "报送")
    for name in (stores.TRUTH, stores.CLASHES):
        shutil.copyfile(made / name, part / name)
    office = offices.reopened(part / "市总", stores.clock())
    sent = sorted((part / "报送").iterdir())
    accounts = timed(
        f"merge of {len(sent)} packages", lambda: take_package.receive_all(office, sent)
    )
    print(Counter(one.state for one in accounts))
    office.close()
    part.rename(root)


def _judge(office: Office, root: Path, *, missed: bool) -> None:
    """Recall and precision by kind and strength."""
    told = json.loads((root / stores.TRUTH).read_text())
    found = timed("疑似重复, all", lambda: possible_doubles.duplicates(office).open)
    timed("疑似重复, again", lambda: possible_doubles.duplicates(office))
    truth = [((one["kind"], *one["pair"]), one["flavour"]) for one in told]
    seen = judged(truth, ((_key(one), Strength(one.strength)) for one in found))
    _print(seen, missed=missed)


def _two_levels(office: Office, root: Path) -> None:
    """How much of what is known of two levels at one place 逻辑检查 says."""
    clashes = [Clash(*one) for one in json.loads((root / stores.CLASHES).read_text())]
    examined = _ruled(office)
    _print_clashes(recalled(clashes, lambda one: (one.rule, one.county) in examined))


def _ruled(office: Office) -> set[tuple[str, str]]:
    """Rule and record of all that 逻辑检查 says of what was received."""
    with office.store.read() as connection:
        found = received_check.examine(office, connection).found
    return {(finding.code, one.id) for one in found for finding in one.found}


def _print_clashes(seen: Mapping[tuple[str, str], tuple[int, int]]) -> None:
    for (rule, flavour), (found, made) in sorted(seen.items()):
        print(f"{rule} {flavour}: found {found / made:4.0%} of {made}")


def _print(seen: Mapping[Kind, Judged], *, missed: bool) -> None:
    print()
    for kind, one in seen.items():
        print("\n".join(one.table(kind)))
        if missed:
            lost = [pair for pair in one.truth if pair not in one.shown]
            wrong = [p for p, s in one.shown.items() if s in SURE and p not in one.truth]
            print("missed", *lost, "wrong", *wrong, sep="\n  ")
    print()


def _recount(office: Office, root: Path) -> None:
    """The sums and the coverage of the desk beside those of the raw JSON of the packages."""
    shown = timed("统计", lambda: statistics.statistics(office))
    found = timed("counted again", lambda: recounting.read(office, (root / "报送").iterdir()))
    every = list(recounting.compared(shown, found))
    wrong = [one for one in every if not one.agrees]
    print(f"{len(every) - len(wrong)} of {len(every)} figures and rows are as counted again")
    print(*(f"{one.name}: {one.shown}, counted again {one.again}" for one in wrong), sep="\n")


def _desk(office: Office, root: Path) -> None:
    """Every time of the city's desk."""
    timed("首页", lambda: today(office))
    timed("首页, progress", lambda: campaign_progress.headway(office))
    timed("首页, slow part", lambda: todo_city.looked_up(office))
    timed("统计", lambda: statistics.statistics(office))
    timed("覆盖", lambda: coverage.coverage(office))
    timed("谁还没报", lambda: dues.missing(office))
    out = root / "answer"
    timed("answer to one office", lambda: answers.answer(office, "511111", out))
    timed("check", lambda: integrity.examine_store(office))

    timed("逻辑检查", lambda: findings.look(office))
    timed("everything, behind a merge", lambda: looking_ahead.look_ahead(office))
    timed("kept for the next session", lambda: looking_ahead.remember(office))


def _new_session(office: Office) -> None:
    """The lists that take longest, as who opens the office anew finds them."""
    timed("a new session: 逻辑检查", lambda: findings.look(office))
    timed("a new session: 疑似重复", lambda: possible_doubles.duplicates(office))
    timed("a new session: 统计", lambda: statistics.statistics(office))
    timed("a new session: 覆盖", lambda: coverage.coverage(office))


def _key(one: PairView) -> Pair:
    first, second = sorted((one.one.id, one.other.id))
    return one.kind, first, second


def timed(what: str, work: Callable[[], T]) -> T:
    """Do it, and print how many seconds it took, on the clock and of the CPU."""
    begin, cpu = time.perf_counter(), time.process_time()
    result = work()
    spent, used = time.perf_counter() - begin, time.process_time() - cpu
    print(f"{what:32} {spent:8.2f} s {used:8.2f} s of the CPU", flush=True)
    return result


if __name__ == "__main__":
    main()
