"""Saving what stands in a form: the record under the form's own id, then its draft forgotten.

Record and draft lie in two files, so a cut may fall between the two commits. Both
bear one id, so that what is left then says that it was saved, and saving again is harmless.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.domain.records import TYPES, Record
from app.services.office.office import Office
from app.services.records import drafts, saving
from app.services.records.append_revision import past_of
from app.services.records.body_from_entry import Composer
from app.services.records.drafts import Draft
from app.services.records.link_resolving import Links
from app.services.records.saving import Saved
from database.state import states
from database.state.states import State
from database.store.engine import Connection


def save(
    office: Office,
    record_type: type[Record],
    key: str,
    typed: Mapping[str, object],
    *,
    base: str | None = None,
    accept: Mapping[str, str] | None = None,
    why: str | None = None,
) -> Saved:
    """Save the form of `key` and forget its draft; `base` is None for a new record.

    Everything else, and what is raised, as of `saving.save`; a 核对 must be answered.
    """
    with office.store.write() as connection:
        saved = _saved_before(office, connection, record_type, key, typed) if base is None else None
        saved = saved or saving.save_within(
            office,
            connection,
            record_type,
            typed,
            record=key if base else None,
            new_id=key,
            base=base,
            accept=accept,
            why=why,
            asking=True,
        )
    drafts.remove(office, key)
    return saved


def _saved_before(
    office: Office,
    connection: Connection,
    record_type: type[Record],
    key: str,
    typed: Mapping[str, object],
) -> Saved | None:
    """What came of saving this new record before a cut; raises `UserError` STALE if it differs."""
    state = states.get(connection, record_type, key)
    if state is None:
        return None
    if not _holds(Links(office, connection), record_type, state, typed):
        raise UserError(
            "STALE",
            f"“{state.record.number}”刚才已经保存过，内容不同。",
            remedy="请看过最新内容后再改。",
        )
    return Saved(state, (), Changes())


def is_saved(
    office: Office,
    connection: Connection,
    record_type: type[Record],
    state: State[Record],
    draft: Draft,
) -> bool:
    """Whether a record says already what its draft does."""
    ours = state.owner == office.identity.station
    return ours and _holds(Links(office, connection), record_type, state, draft.typed)


def _holds(
    links: Links, record_type: type[Record], state: State[Record], typed: Mapping[str, object]
) -> bool:
    body = past_of(links.connection, record_type, state.id).body
    try:
        return Composer(links, record_type, body).compose(typed) == body
    except UserError:
        return False


def drop_saved(office: Office) -> None:
    """Forget the drafts that a cut left behind although their records were saved."""
    with office.store.read() as connection:
        left = [
            draft.key
            for draft in drafts.every(office)
            if draft.type in TYPES
            and (state := states.get(connection, TYPES[draft.type], draft.key)) is not None
            and is_saved(office, connection, TYPES[draft.type], state, draft)
        ]
    for key in left:
        drafts.remove(office, key)
