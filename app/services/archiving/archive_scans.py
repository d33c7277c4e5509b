"""The attachments of what is archived: as pages of the PDF, and as the files they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from app.documents.archive.scan_pages import jpeg_of_picture, jpegs_of_pdf
from app.documents.drawing.pictures import is_picture
from app.documents.letters.letter import Letter
from app.documents.letters.letter_reading import read_letter, read_plain
from app.domain.kernel.errors import UserError
from app.domain.kernel.file_names import ending_of, safe_file_name
from app.domain.records import Attachment
from app.exchange.files import words_for
from app.services.office.office import Office
from app.services.records import attachments

MOST_PAGES = 200
"""Pages of one PDF that are shown; the file itself lies beside."""

_READERS: Mapping[str, Callable[[bytes], Letter]] = {"docx": read_letter, "txt": read_plain}


def bytes_of(office: Office, one: Attachment) -> bytes:
    """The bytes of an attachment. Raises `UserError` SCAN_MISSING."""
    with attachments.read(office, one.sha256) as stream:
        return stream.read()


def pages_of(office: Office, one: Attachment) -> Iterator[bytes]:
    """Its pages as JPEG, one after the other; none of a file that is neither picture nor PDF.

    Raises `UserError` SCAN_MISSING, PDF_BROKEN, PICTURE_BROKEN.
    """
    data = bytes_of(office, one)
    if is_picture(data):
        yield jpeg_of_picture(data)
    elif data.startswith(b"%PDF"):
        yield from jpegs_of_pdf(data, MOST_PAGES)


def text_of(office: Office, one: Attachment) -> Letter | None:
    """What stands in a .docx or .txt; None of any other file.

    Raises `UserError` SCAN_MISSING, WORD_BROKEN.
    """
    read = _READERS.get(ending_of(one.name))
    return read(bytes_of(office, one)) if read else None


def copy_out(office: Office, files: Sequence[Attachment], folder: Path) -> list[str]:
    """Write the files into a folder of their own; the names of those that are not here."""
    missing: list[str] = []
    with words_for(folder):
        folder.mkdir(parents=True, exist_ok=True)
    for place, one in enumerate(files, 1):
        try:
            attachments.save_to(office, one.sha256, folder / f"{place}-{safe_file_name(one.name)}")
        except UserError as problem:
            if problem.code != "SCAN_MISSING":
                raise
            missing.append(one.name)
    return missing
