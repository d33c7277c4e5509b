"""From the story to its result: play, keep the packages, add up, reconcile, tell."""

from __future__ import annotations

from pathlib import Path

from app.services.records.units import name_of
from demo.account import account_of
from demo.events import Events
from demo.figures import coverage_of, duplicates_of
from demo.places import CITY, MABIAN, QIAOBA, SHAWAN, SHAWAN_2, Place
from demo.reconcile import reconcile
from demo.result import Check, CityHome, Counts, DemoResult, Home
from demo.sealed import for_outsiders, keep_packages
from demo.stage import Say, Stage, staged
from demo.story import play
from demo.totals import Totals, add_up, owned, totals_of

PASSPHRASE = "zoufang-demo-2011"
ACCOUNT = "account.txt"


def run(folder: Path, say: Say, *, passphrase: str = PASSPHRASE) -> DemoResult:
    """Play the demonstration in `folder`, tell it line by line, and return what was made.

    A folder made by an earlier run is made anew; raises `UserError` FOLDER_IN_USE
    for one that holds anything else.
    """
    with staged(folder, say, passphrase) as stage:
        result = _result(stage, play(stage))
    lines = list(account_of(result))
    Path(result.account).write_text("\n".join(lines[1:]) + "\n", encoding="utf-8")
    for line in lines:
        say(line)
    return result


def _result(stage: Stage, events: Events) -> DemoResult:
    kept, others = keep_packages(stage)
    counts = _counts(stage)
    checks = [*reconcile(stage, kept), _adds_up(counts)]
    identity, signers = for_outsiders(stage)
    city = _home(stage, CITY)
    return DemoResult(
        ok=all(check.ok for check in checks),
        passphrase=stage.passphrase,
        city=CityHome(
            unit=city.unit, data=city.data, identity=str(identity), allowed_signers=str(signers)
        ),
        counties=(_home(stage, SHAWAN), _home(stage, MABIAN)),
        second_computers=(_home(stage, SHAWAN_2),),
        townships=(_home(stage, QIAOBA),),
        packages=tuple(str(one.path) for one in kept),
        enrolment=tuple(map(str, others)),
        forms=tuple(map(str, stage.forms)),
        slips=tuple(map(str, stage.slips)),
        totals=counts,
        duplicates=duplicates_of(stage.offices[CITY]),
        events=events,
        checks=tuple(checks),
        account=str(stage.root / ACCOUNT),
    )


def _home(stage: Stage, place: Place) -> Home:
    return Home(unit=place.station, data=str(stage.root / place.folder))


def _counts(stage: Stage) -> Counts:
    city = stage.offices[CITY]
    return Counts(
        offices=tuple(_totals(stage, place) for place in (SHAWAN, MABIAN, QIAOBA)),
        city=_totals(stage, CITY),
        all=totals_of("全市合计", "", owned(city, None)),
        coverage=coverage_of(city),
    )


def _totals(stage: Stage, place: Place) -> Totals:
    """What an office wrote, as the city holds it."""
    office = stage.offices[CITY]
    with office.store.read() as connection:
        name = name_of(connection, place.station)
    return totals_of(name, place.station, owned(office, place.station))


def _adds_up(counts: Counts) -> Check:
    """What the city holds in all is what it holds of each."""
    parts, whole = add_up([*counts.offices, counts.city]), add_up([counts.all])
    same = parts == whole
    return Check("全市合计等于各单位之和", same, "" if same else f"{parts}≠{whole}")
