"""A letter written by a command: as .docx to go on with, as PDF, or as both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.frame.options import wrong
from app.cli.frame.reply import Complaint
from app.documents.drawing.target import Target

if TYPE_CHECKING:
    from app.services.office.letter_file import LetterFile
    from app.services.office.office import Office

Files = Annotated[
    list[Path], typer.Argument(metavar="OUT", help="写到 .docx（可以继续改）或 .pdf；可以写两个")
]
_ENDINGS = (".docx", ".pdf")


def require_endings(out: Sequence[Path]) -> None:
    """Wrong usage unless every file is one or the other."""
    if any(path.suffix not in _ENDINGS for path in out):
        wrong("文件名请以 .docx 或 .pdf 结尾。")


def write_letter(office: Office, file: LetterFile, out: Sequence[Path]) -> list[Complaint]:
    """Write it to each; answers what a font lacked. Raises as the services do."""
    return list(_written(office, file, out))


def _written(office: Office, file: LetterFile, out: Sequence[Path]) -> Iterator[Complaint]:
    from app.services.office.letter_file import write_paper, write_word

    for path in out:
        if path.suffix == ".docx":
            write_word(office, file, path)
            continue
        target = Target(path)
        write_paper(office, file, target)
        if target.warning:
            yield Complaint("MISSING_GLYPH", target.warning)
