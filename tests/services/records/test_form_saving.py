"""A form is saved under its own id: a cut between record and draft leaves nothing to do twice."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.kernel.errors import UserError
from app.domain.records import Visit
from app.services.lists import record_sheet
from app.services.office.office import Office
from app.services.records import drafts, form_saving, record_versions, saving
from tests.services.offices import VISIT, SetClock, record_of, reopened

NEW = {"enterprise_name": "沫若水泥厂", "area": "511111100"}
"""A unit that 单位名录 does not know yet."""


class Cut(BaseException):
    """The plug is pulled."""


@pytest.fixture
def pulled(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Whoever saves now gets no further than the record."""

    def pull(*given: object) -> None:
        raise Cut

    def save(office: Office, *given: Any, **more: Any) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(drafts, "remove", pull)
            with pytest.raises(Cut):
                form_saving.save(office, *given, **more)

    return save


def test_a_new_record_has_the_id_of_its_form(county: Office) -> None:
    sheet = record_sheet.fresh(county, Visit, {})
    drafts.save(county, Visit, VISIT, key=sheet.key)
    saved = form_saving.save(county, Visit, sheet.key, VISIT)
    assert saved.id == sheet.key
    assert drafts.every(county) == []


def test_after_a_cut_the_saved_record_has_no_draft_and_saving_again_changes_nothing(
    county: Office, pulled: Any, clock: SetClock
) -> None:
    sheet = record_sheet.fresh(county, Visit, {})
    drafts.save(county, Visit, VISIT, key=sheet.key)
    pulled(county, Visit, sheet.key, VISIT)
    number = record_of(county, "visit", sheet.key).number
    root = county.folder.root
    county.close()

    office = reopened(root, clock)
    again = form_saving.save(office, Visit, sheet.key, VISIT)
    assert (again.id, again.number) == (sheet.key, number)
    assert len(saving.listing(office, Visit)) == 1
    assert len(record_versions.history(office, Visit, number)) == 1
    assert drafts.every(office) == []
    office.close()


def test_what_a_cut_left_is_forgotten_at_opening_and_what_is_unfinished_stays(
    county: Office, pulled: Any
) -> None:
    sheet = record_sheet.fresh(county, Visit, {})
    drafts.save(county, Visit, VISIT, key=sheet.key)
    pulled(county, Visit, sheet.key, VISIT)
    changed = record_sheet.opened(county, Visit, sheet.key)
    assert changed.draft is None

    other = form_saving.save(county, Visit, county.new_id(), {**VISIT, **NEW})
    drafts.save(county, Visit, {"headcount": "77"}, key=other.id, base=other.state.h)
    pulled(county, Visit, other.id, {"headcount": "77"}, base=other.state.h)
    drafts.save(county, Visit, {"leaders": "李"}, key=county.new_id())
    half = form_saving.save(
        county, Visit, county.new_id(), {**VISIT, **NEW, "enterprise_name": "远大砖厂"}
    )
    drafts.save(county, Visit, {"headcount": "12"}, key=half.id, base=half.state.h)

    form_saving.drop_saved(county)
    assert sorted(str(one.typed) for one in drafts.every(county)) == [
        "{'headcount': '12'}",
        "{'leaders': '李'}",
    ]
    assert record_sheet.opened(county, Visit, half.id).draft is not None


def test_another_content_under_the_id_of_a_saved_form_is_refused(
    county: Office, pulled: Any
) -> None:
    key = county.new_id()
    pulled(county, Visit, key, VISIT)
    with pytest.raises(UserError, check=lambda error: error.code == "STALE"):
        form_saving.save(county, Visit, key, {**VISIT, "headcount": "9"})
    assert record_of(county, "visit", key).headcount == 1250
