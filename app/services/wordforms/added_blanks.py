"""The blanks that no Word form has: what the campaign of a form adds to visits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from app.domain.campaign.windows import windows_for
from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import by_name
from app.domain.records import Visit
from app.domain.values.entry import read_value
from app.services.office.office import Office
from app.services.records.asked_campaign import asked_fields
from app.services.records.link_resolving import Links
from app.services.records.prefill import prefill
from app.services.wordforms.filled_forms import FILED, VISITED, Blank, FilledForm, FormFile


def with_added(office: Office, files: Sequence[FormFile]) -> Iterator[FormFile]:
    """The files, each form with an empty blank for every added field of its day's campaign."""
    with office.store.read() as connection:
        links = Links(office, connection)
        for file in files:
            forms = tuple(_with_added(links, form) for form in file.forms)
            yield msgspec.structs.replace(file, forms=forms)


def _with_added(links: Links, form: FilledForm) -> FilledForm:
    asked = asked_fields(links, Visit, prefill(links, Visit, _day_of(links, form)))
    added = (Blank(one.name, one.label, "", "") for one in asked if one.extra and not one.kept)
    return msgspec.structs.replace(form, blanks=(*form.blanks, *added))


def _day_of(links: Links, form: FilledForm) -> dict[str, Any]:
    """The day of the visit, else that of filing, as far as it can be read."""
    today, spec = links.office.today(), by_name(Visit)[VISITED]
    words = form.words(VISITED) or form.words(FILED)
    try:
        day = read_value(spec, words, today, windows_for(links.campaigns.values(), today))
    except UserError:
        day = None
    return {VISITED: day} if day else {}
