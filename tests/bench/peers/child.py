"""What a peer does, run by the Python of build/peers: `child.py JOB FOLDER NUMBER`.

It knows nothing of the program. What is timed is the one call; getting ready is not. Prints
seconds on the clock and of the CPU as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

Job = Callable[[], object]


def notes_made(folder: Path, count: int) -> Job:
    """Anki: a collection with so many notes, each with the text of a line of records.jsonl."""
    anki: Any = import_module("anki.collection")

    def make() -> None:
        collection = anki.Collection(str(folder / "full.anki2"))
        basic, deck = collection.models.by_name("Basic"), collection.decks.id("records")
        requests = []
        with (folder / "records.jsonl").open(encoding="utf-8") as lines:
            for number, line in zip(range(count), lines, strict=False):
                note = collection.new_note(basic)
                note["Front"], note["Back"] = f"{number}", line
                requests.append(anki.AddNoteRequest(note=note, deck_id=deck))
        collection.add_notes(requests)
        collection.close()

    return make


def anki_export(folder: Path, _count: int) -> Job:
    """Anki: 导出 of every note into one package."""
    anki: Any = import_module("anki.collection")

    collection = anki.Collection(str(folder / "full.anki2"))
    deck = collection.decks.id("records")
    options = anki.ExportAnkiPackageOptions(
        with_scheduling=True, with_deck_configs=False, with_media=True, legacy=False
    )
    out = str(folder / "notes.apkg")
    return lambda: collection.export_anki_package(
        out_path=out, options=options, limit=anki.DeckIdLimit(deck)
    )


def anki_import(folder: Path, count: int) -> Job:
    """Anki: 导入 of that package into an empty collection."""
    anki: Any = import_module("anki.collection")

    for old in folder.glob("empty.*"):
        old.unlink() if old.is_file() else None
    collection = anki.Collection(str(folder / "empty.anki2"))
    request = anki.ImportAnkiPackageRequest(
        package_path=str(folder / "notes.apkg"), options=anki.ImportAnkiPackageOptions()
    )

    def take() -> None:
        collection.import_anki_package(request)
        assert collection.note_count() == count

    return take


def sqlite_utils_insert(folder: Path, count: int) -> Job:
    """sqlite-utils: the same records as objects into one table of a plain file."""
    utils: Any = import_module("sqlite_utils")

    (folder / "utils.db").unlink(missing_ok=True)
    database = utils.Database(str(folder / "utils.db"))

    def insert() -> None:
        with (folder / "records.jsonl").open(encoding="utf-8") as lines:
            rows = (json.loads(line) for _, line in zip(range(count), lines, strict=False))
            database["records"].insert_all(rows, pk="id", alter=True, replace=True)

    return insert


def openpyxl_read(folder: Path, _count: int) -> Job:
    """openpyxl: every value of the sheet, in its quick way of only reading."""
    openpyxl: Any = import_module("openpyxl")

    def read() -> None:
        book = openpyxl.load_workbook(folder / "sheet.xlsx", read_only=True, data_only=True)
        assert list(book.active.iter_rows(values_only=True))

    return read


def calamine_read(folder: Path, _count: int) -> Job:
    """python-calamine: every value of the sheet."""
    from python_calamine import CalamineWorkbook

    path = str(folder / "sheet.xlsx")
    return lambda: CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


JOBS: dict[str, Callable[[Path, int], Job]] = {
    "make-notes": notes_made,
    "anki-export": anki_export,
    "anki-import": anki_import,
    "sqlite-utils": sqlite_utils_insert,
    "openpyxl": openpyxl_read,
    "calamine": calamine_read,
}


def main(job: str, folder: str, count: str) -> None:
    """Do one job and say how long it took."""
    work: Any = JOBS[job](Path(folder), int(count))
    begin, cpu = time.perf_counter(), time.process_time()
    work()
    print(json.dumps([time.perf_counter() - begin, time.process_time() - cpu]))


if __name__ == "__main__":
    main(*sys.argv[1:])
