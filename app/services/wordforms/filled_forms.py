"""What was read of Word files: each file, its forms, and the blanks of each form."""

from __future__ import annotations

import hashlib

import msgspec

from app.documents.wordforms.doubts import Doubt
from app.documents.wordforms.labels import Item
from app.documents.wordforms.saying import Rows
from app.domain.records import Campaign

REPORTER = Item.REPORTER.value
VISITED = Item.VISITED.value
FILED = Item.FILED.value
CAMPAIGN = Campaign.type_name
"""The blank for the campaign, which the day of the visit tells unless it lies in none."""


class Blank(msgspec.Struct, frozen=True):
    """One blank of a form: its words as they would be typed, beside the text they came from."""

    name: str
    label: str
    words: str
    source: str
    doubts: tuple[Doubt, ...] = ()


class FilledForm(msgspec.Struct, frozen=True):
    """One form of all: its number, its file, which of how many in it, and its blanks."""

    number: int
    file: int
    place: int
    of: int
    blanks: tuple[Blank, ...]
    doubts: tuple[Doubt, ...] = ()

    def words(self, name: str) -> str:
        """What a blank says."""
        return next((blank.words for blank in self.blanks if blank.name == name), "")

    @property
    def blank(self) -> bool:
        """Whether nobody filled it in."""
        return not any(blank.words for blank in self.blanks)


class FormFile(msgspec.Struct, frozen=True):
    """One file: where it lies, its digest, and its forms or why there are none.

    `code` and `sentence` say why; `lists` are the lists of visits that were left aside, by rows.
    """

    path: str
    name: str
    digest: str = ""
    forms: tuple[FilledForm, ...] = ()
    lists: tuple[Rows, ...] = ()
    code: str = ""
    sentence: str = ""


class FormsRead(msgspec.Struct, frozen=True):
    """All files, in their order."""

    files: tuple[FormFile, ...]

    @property
    def forms(self) -> list[FilledForm]:
        """The forms of all files."""
        return [form for file in self.files for form in file.forms]

    @property
    def mark(self) -> str:
        """What tells this reading from another: of these files, saying these words (预览号)."""
        told = [
            (file.digest, file.code, [[b.words for b in form.blanks] for form in file.forms])
            for file in self.files
        ]
        return hashlib.sha256(msgspec.json.encode(told)).hexdigest()[:8]
