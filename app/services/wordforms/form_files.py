"""The Word files that were chosen: folders opened, each file read, its forms numbered through."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

from app.documents.wordforms.bounds import ListTable
from app.documents.wordforms.labels import NAMES, Item
from app.documents.wordforms.reading import ReadForm, ReadValue, read_forms
from app.documents.wordforms.source import read_bytes
from app.domain.kernel.errors import Problem, UserError
from app.domain.kernel.file_names import shown_name
from app.domain.kernel.progress import Cancel, Progress, Step, silent
from app.services.office.office import Office
from app.services.wordforms.added_blanks import with_added
from app.services.wordforms.filled_forms import CAMPAIGN, Blank, FilledForm, FormFile, FormsRead

ENDINGS = (".docx", ".doc", ".odt", ".wps", ".docm", ".dotx", ".dot", ".rtf")
"""Endings of the files taken from a folder; what is chosen by itself may be called anything."""
MOST_FILES = 500
_MOST_LOOKED_AT = 20_000
"""Names in folders that are looked at."""
_DEEPEST = 4
"""Folders inside each other."""
_ORDER = (
    Item.LEADERS,
    Item.ENTERPRISE,
    Item.HEADCOUNT,
    Item.VISITED,
    Item.OPINIONS,
    Item.REPORTER,
    Item.FILED,
)


def read_files(
    office: Office,
    chosen: Sequence[Path],
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> FormsRead:
    """Read files and folders; one that cannot be read says why and stops no other.

    The same file twice is read once. Raises `UserError` TOO_MANY_FILES, NO_WORD_FILES;
    `Cancelled`.
    """
    watch = cancel or Cancel()
    paths = files_in(chosen)
    reading = _Reading(office.today(), watch)
    files: list[FormFile] = []
    for place, path in enumerate(paths):
        progress(Step("正在读登记表", place, len(paths)))
        watch.check()
        files.append(reading.read(place, path))
    progress(Step("正在读登记表", len(paths), len(paths)))
    return FormsRead(tuple(with_added(office, files)))


class _Reading:
    """Reads file after file; knows which were read, by digest, and how many forms there were."""

    def __init__(self, today: dt.date, watch: Cancel) -> None:
        self._today, self._watch = today, watch
        self._known: dict[str, str] = {}
        self._count = 0

    def read(self, place: int, path: Path) -> FormFile:
        """One file, with its forms or why there are none."""
        name = shown_name(path.name)
        told = partial(FormFile, str(path), name)
        try:
            data = read_bytes(path)
            digest = hashlib.sha256(data).hexdigest()
            if digest in self._known:
                same = f"和“{self._known[digest]}”是同一个文件，只读一次。"
                return told(code="SAME_FILE", sentence=same)
            found = read_forms(data, today=self._today, cancel=self._watch)
        except ListTable as listed:
            return told(lists=listed.lists, code=listed.code, sentence=str(listed))
        except Problem as problem:
            return told(code=problem.code, sentence=str(problem))
        self._known[digest] = name
        forms = tuple(_numbered(found.forms, self._count, place))
        self._count += len(forms)
        return told(digest=digest, forms=forms, lists=found.lists)


def files_in(chosen: Sequence[Path]) -> list[Path]:
    """The files chosen, and of folders those that may be Word files, by name.

    Raises `UserError` TOO_MANY_FILES, NO_WORD_FILES.
    """
    found: dict[Path, None] = {}
    for path in chosen:
        inside = _of_folder(path, 0) if path.is_dir() else iter([path])
        for one in islice(inside, MOST_FILES + 1):
            found.setdefault(one)
    if len(found) > MOST_FILES:
        raise UserError(
            "TOO_MANY_FILES",
            f"一次最多导入 {MOST_FILES} 个文件。",
            remedy="请分几个文件夹，一批一批导入。",
        )
    if not found:
        raise UserError(
            "NO_WORD_FILES",
            "这里没有 Word 文件。",
            why="要找的是 .docx、.doc、.wps 和 .odt。",
            remedy="请重新选择文件或文件夹。",
        )
    return list(found)


def _of_folder(folder: Path, depth: int) -> Iterator[Path]:
    """The Word files of a folder, those that a program keeps while one is open left out."""
    try:
        inside = sorted(islice(folder.iterdir(), _MOST_LOOKED_AT))
    except OSError:
        return
    for path in inside:
        if path.name.startswith((".", "~$")):
            continue
        if path.is_dir() and not path.is_symlink():
            if depth < _DEEPEST:
                yield from _of_folder(path, depth + 1)
        elif path.suffix.lower() in ENDINGS:
            yield path


def _numbered(forms: Sequence[ReadForm], before: int, file: int) -> Iterator[FilledForm]:
    for place, form in enumerate(forms, 1):
        blanks = tuple(
            _blank(item, form.values[item]) if item in form.values else _unsaid(item)
            for item in _ORDER
        )
        blanks = (*blanks, Blank(CAMPAIGN, "活动", "", ""))
        yield FilledForm(before + place, file, place, len(forms), blanks, form.doubts)


def _blank(item: Item, value: ReadValue) -> Blank:
    return Blank(item.value, NAMES[item], value.words, value.source, value.doubts)


def _unsaid(item: Item) -> Blank:
    """The day of the visit, which the form has no blank for (R56)."""
    return Blank(item.value, NAMES[item], "", "")
