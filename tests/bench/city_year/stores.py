"""The year in real stores: thirteen offices send real packages, the city merges them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from app.domain.merging.revision import Revision, seal
from app.domain.records import body_of
from app.exchange.kinds import CARRIES
from app.services.office.office import Office
from app.services.packages import sealing
from tests.bench.city_year.chance import CITY, Book, Written
from tests.bench.city_year.made import make_year
from tests.bench.data import Made
from tests.bench.stores import Prepared, fill
from tests.services import offices

PACKAGES = 8
"""How often an office reports in a year."""

MOMENT = dt.datetime(2011, 12, 10, 9, tzinfo=offices.CHINA)
TRUTH, CLASHES = "truth.json", "clashes.json"
_TYPES = CARRIES["submission"].types


def clock() -> offices.SetClock:
    """2011-12-10 09:00, when the city sits down to look."""
    return offices.SetClock(MOMENT)


def kept(prepared: Prepared, seed: int, scale: float) -> Path:
    """The folder of a year that was sent and not merged yet, made once."""

    def make(folder: Path) -> None:
        found(folder, make_year(seed, scale))

    return prepared.kept(f"year-{seed}-{scale:g}", make)


def found(root: Path, book: Book, packages: int = PACKAGES) -> tuple[Path, list[Path]]:
    """A city that has enrolled everybody and keyed its own; the packages it is to merge.

    `root` gets the folders `市总` and `报送`; the offices' own stores are not kept.
    """
    root.mkdir(parents=True)
    at = clock()
    city = offices.found_city(root / "市总", at)
    by_station: dict[str, list[Written]] = {}
    for one in book.written:
        by_station.setdefault(one.station, []).append(one)
    fill(city, _sealed(city, by_station.get(CITY, ())))
    sent: list[Path] = []
    for office in book.offices:
        written = by_station.get(office.code, [])
        below = offices.found_below(city, root / office.code, office.code, at)
        offices.enrol(city, below)
        sent += _report(below, written, root / "报送", packages)
        below.close()
    city.close()
    pairs = [{"kind": t.kind, "flavour": t.flavour, "pair": [t.one, t.other]} for t in book.truth]
    (root / TRUTH).write_text(json.dumps(pairs, ensure_ascii=False))
    (root / CLASHES).write_text(json.dumps(book.clashes, ensure_ascii=False))
    return root / "市总", sent


def _report(office: Office, written: Sequence[Written], out: Path, packages: int) -> list[Path]:
    """Key a part, seal it, key the next; the sealed files, named so that they sort."""
    out.mkdir(exist_ok=True)
    sent: list[Path] = []
    step = -(-len(written) // packages) or 1
    for start in range(0, len(written), step):
        fill(office, _sealed(office, written[start : start + step]))
        for sealed in sealing.seal(office, CITY, "submission", lambda row: row.type in _TYPES):
            target = out / f"{office.identity.station}-{len(sent) + 1:02d}.zfpkg"
            target.write_bytes(sealed.path.read_bytes())
            sent.append(target)
    return sent


def _sealed(office: Office, written: Sequence[Written]) -> Iterator[Made]:
    """The revisions as this office's writer makes them."""
    for one in written:
        revision = Revision(
            id=one.id,
            type=one.record.type_name,
            schema=one.record.schema,
            parents=(),
            writer=office.identity.writer,
            at=one.at.isoformat(),
            by=office.operator,
            op="create",
            body=body_of(one.record),
        )
        h, raw = seal(revision)
        yield Made(h, raw, revision, one.record)
