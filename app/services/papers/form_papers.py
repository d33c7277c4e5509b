"""附件2 on paper: the 登记表 of visits, saved or not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.documents.drawing.target import Out
from app.documents.forms.registration_form import FormTexts, RegistrationForm, registration_form
from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Cancel, Progress, silent
from app.domain.records import Visit
from app.services.office.office import Office
from app.services.records.link_resolving import Links
from app.services.records.saving import find_one
from app.services.records.units import name_of
from database.log import revisions
from database.state import states
from database.state.filters import live
from database.state.states import State
from database.store.engine import Connection

FALLBACK = "2011-36"
"""The campaign whose form is printed where a campaign has no words of its own."""


def print_forms(
    office: Office,
    out: Out,
    *,
    visits: Sequence[str] | None = None,
    blank: bool = False,
    qr: bool = True,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> int:
    """Print 附件2 of these visits (ids or 编号; None: all that are not 作废), or one blank form.

    Returns the pages. Raises `UserError` NOT_FOUND, NOTHING_TO_PRINT, FORMS_DIFFER,
    FORM_TOO_FULL; `EnvironmentProblem`, `Cancelled`.
    """
    with office.store.read() as connection:
        links = Links(office, connection)
        found = [] if blank else _visits(connection, visits)
        texts = form_texts(links, [state.record for state in found])
        pages = [form_page(connection, state) for state in found] or [RegistrationForm()]
    if not found and not blank:
        raise UserError("NOTHING_TO_PRINT", "没有可以打印的走访登记。")
    return registration_form(pages, out, texts=texts, qr=qr, progress=progress, cancel=cancel)


def _visits(connection: Connection, wanted: Sequence[str] | None) -> list[State[Visit]]:
    if wanted is None:
        return states.find(connection, Visit, live())
    return [find_one(connection, Visit, key) for key in wanted]


def form_texts(links: Links, visits: Iterable[Visit]) -> FormTexts:
    """The words of the campaign's form; of several campaigns they must be the same."""
    codes = dict.fromkeys(visit.campaign for visit in visits)
    found = dict.fromkeys(_places(links, code) for code in codes or [FALLBACK])
    if len(found) > 1:
        raise UserError(
            "FORMS_DIFFER",
            "这些走访属于不同的活动，登记表的样子不同。",
            remedy="请按活动分开打印。",
        )
    return FormTexts.from_places(dict(next(iter(found))))


def _places(links: Links, code: str) -> tuple[tuple[str, str], ...]:
    for known in (links.campaigns.get(code), links.campaigns.get(FALLBACK)):
        if known is not None and known.form_texts:
            return tuple((text.place, text.text) for text in known.form_texts)
    return ()


def form_page(connection: Connection, state: State[Visit]) -> RegistrationForm:
    """What stands on the form of a saved visit."""
    visit = state.record
    return replace(
        form_blanks(connection, visit),
        number=visit.number,
        record_id=state.id,
        version=len(revisions.of_record(connection, state.id, status="live")),
        h=state.h,
        void=state.void,
    )


def form_blanks(connection: Connection, visit: Visit) -> RegistrationForm:
    """What a visit, saved or not, puts into the blanks of the form."""
    return RegistrationForm(
        leaders=visit.leaders,
        enterprise=visit.enterprise_name,
        headcount=visit.headcount,
        opinions=visit.opinions,
        reporter=name_of(connection, visit.unit or visit.owner),
        filed_on=visit.filed_on,
    )
