"""A letter of the office as a file: a PDF by GB/T 9704, or .docx to go on with in WPS.

write_word(office, file, out / f"{file.name}.docx")
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.documents.drawing.target import Out
from app.documents.letters.letter import Letter
from app.documents.letters.letter_pdf import letter_pdf
from app.documents.letters.letter_word import letter_word
from app.domain.kernel.file_names import safe_file_name
from app.domain.kernel.progress import Cancel, Progress, silent
from app.services.office.duties import needs
from app.services.office.office import Office


@dataclass(frozen=True, slots=True)
class LetterFile:
    """A letter and the name of its file, without the ending."""

    letter: Letter
    name: str


def named(letter: Letter, name: str) -> LetterFile:
    """A letter whose file has this name, without what no file may be called."""
    return LetterFile(letter, safe_file_name(name))


@needs("print")
def write_paper(
    office: Office,
    file: LetterFile,
    out: Out,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> int:
    """The letter as a PDF; answers its pages. Raises as `letter_pdf`."""
    return letter_pdf(file.letter, out, progress=progress, cancel=cancel)


@needs("print")
def write_word(office: Office, file: LetterFile, out: Path) -> Path:
    """The letter as .docx. Raises `EnvironmentProblem`."""
    letter_word(file.letter, out)
    return out
