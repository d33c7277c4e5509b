"""What is going to be printed, as pages to look at before it is on paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec

from app.documents.drawing.pages import Pages, Picture
from app.documents.drawing.target import Target, boxed
from app.documents.forms.registration_form import RegistrationForm, lacking_in, registration_pdf
from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Cancel, Progress
from app.domain.kernel.readable import readable
from app.domain.records import Visit
from app.exchange.files import appearing, words_for
from app.services.lists.record_sheet import Opened
from app.services.office.office import Office
from app.services.papers.form_papers import form_blanks, form_page, form_texts
from app.services.records.link_resolving import Links
from database.state import states
from database.store.engine import Connection

Make = Callable[[Target, Progress, Cancel], int]
"""Writes a document to a target, as the functions of `app.services.papers.form_papers` do."""


@dataclass(frozen=True, slots=True, eq=False)
class Printout:
    """A finished document that lies nowhere but in memory, usable from any thread.

    `sizes` are the width and height of its pages in points; `left_out` records asked for
    are not on them; `lacking` names where a box stands for a character. `close` gives the
    memory back.
    """

    data: bytes
    pages: Pages
    sizes: tuple[tuple[float, float], ...]
    left_out: int = 0
    lacking: tuple[str, ...] = ()

    @property
    def warning(self) -> str:
        """What to say of characters that no font has; "" when all are there."""
        return boxed(self.lacking)

    def picture(self, n: int, scale: float) -> Picture:
        """Page `n`, counted from 0, at `scale` pixels to a point."""
        return self.pages.picture(n, scale)

    def close(self) -> None:
        """Give the memory back; no page can be drawn any more."""
        self.pages.close()

    def save(self, target: Path, *, replace: bool = False) -> Path:
        """Write the PDF to `target`, all at once; returns it.

        Raises `UserError` FILE_EXISTS when something lies there and is not to be replaced,
        `EnvironmentProblem` when the disk refuses.
        """
        if target.exists() and not replace:
            raise UserError(
                "FILE_EXISTS",
                f"“{target.name}”已经有了。",
                remedy="请换一个文件名，或确认用新的代替它。",
            )
        with words_for(target), appearing(target) as out:
            out.write(self.data)
        return target


def printout(make: Make, progress: Progress, cancel: Cancel) -> Printout:
    """Make a document in memory only. Raises what `make` raises; `Cancelled` leaves nothing."""
    target = Target()
    make(target, progress, cancel)
    return _opened(target.data, target.lacking)


def _opened(data: bytes, lacking: tuple[str, ...] = ()) -> Printout:
    pages = Pages(data)
    sizes = tuple(pages.size(n) for n in range(pages.count))
    return Printout(data, pages, sizes, lacking=lacking)


def visit_form(
    office: Office, opened: Opened, body: Mapping[str, Any], scale: float
) -> list[Picture]:
    """The 登记表 and its 续页 as they would be printed with this body; as `drawn_form`."""
    return drawn_form(office, opened, body, scale)[0]


def drawn_form(
    office: Office, opened: Opened, body: Mapping[str, Any], scale: float
) -> tuple[list[Picture], str]:
    """The 登记表 and its 续页 as they would be printed with this body; nothing is kept.

    The second is what to say of characters that no font has. The QR code stands only for
    what is saved exactly so. Raises `UserError` as `printing.print_forms` does.
    """
    visit = msgspec.convert(body, readable(Visit))
    with office.store.read() as connection:
        texts = form_texts(Links(office, connection), [visit])
        page = _page(connection, opened, visit)
    data, _ = registration_pdf([page], texts=texts)
    drawn = _opened(data)
    try:
        pictures = [drawn.picture(n, scale) for n in range(drawn.pages.count)]
        return pictures, boxed(lacking_in([page], texts))
    finally:
        drawn.close()


def _page(connection: Connection, opened: Opened, visit: Visit) -> RegistrationForm:
    blanks = form_blanks(connection, visit)
    if not (visit.unit or visit.owner):
        blanks = replace(blanks, reporter=opened.unit)
    state = states.get(connection, Visit, opened.key) if opened.base else None
    if state is None:
        return blanks
    saved = form_page(connection, state)
    as_typed = replace(blanks, number=saved.number, void=saved.void)
    same = replace(as_typed, record_id=saved.record_id, version=saved.version, h=saved.h)
    return same if same == saved else as_typed
