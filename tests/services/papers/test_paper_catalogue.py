"""Every paper comes out for what it is offered for."""

from __future__ import annotations

import pytest

from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Cancel, silent
from app.domain.records import Aid, Case, Person, Record, Visit
from app.services.office.office import Office
from app.services.papers import paper_catalogue
from app.services.papers.paper_catalogue import MOST, PAPERS, Order, Paper
from app.services.papers.paper_pages import Printout
from tests.services.offices import save_visit
from tests.services.papers.test_person_papers import household


def printed(office: Office, paper: Paper, order: Order) -> Printout:
    return paper_catalogue.printed(office, paper, order, progress=silent, cancel=Cancel())


def pages(office: Office, paper: Paper, order: Order) -> int:
    made = printed(office, paper, order)
    made.close()
    return len(made.sizes)


def test_all_papers_of_a_household_and_the_blank_ones(county: Office) -> None:
    one = household(county)
    ids: dict[type[Record], str] = {
        Person: one.person.id,
        Case: one.case.id,
        Aid: one.money.id,
        Visit: save_visit(county).id,
    }
    assert ids.keys() == {
        one for one, papers in PAPERS.items() if len(papers) > 1 or papers[0].blank
    }
    for record_type, record in ids.items():
        for paper in PAPERS[record_type]:
            why = "存入纸质档案" if paper.full != "never" else ""
            assert pages(county, paper, Order(record_type, (record,), why=why)) >= 1
            if paper.blank:
                assert pages(county, paper, Order(record_type, blank=True)) >= 1


def test_a_file_of_a_person_without_a_reason_is_refused(county: Office) -> None:
    order = Order(Person, (household(county).person.id,))
    with pytest.raises(UserError, match="原因"):
        printed(county, PAPERS[Person][0], order)


def test_what_is_only_being_typed_is_left_out_and_counted(county: Office) -> None:
    saved = save_visit(county)
    made = printed(county, PAPERS[Visit][0], Order(Visit, (county.new_id(), saved.id)))
    assert (len(made.sizes), made.left_out) == (1, 1)
    made.close()
    with pytest.raises(UserError, match="没有可以打印"):
        printed(county, PAPERS[Visit][0], Order(Visit, (county.new_id(),)))


def test_too_many_at_once_are_refused_before_anything_is_drawn(county: Office) -> None:
    with pytest.raises(UserError, match="分几次"):
        printed(county, PAPERS[Visit][0], Order(Visit, ["x"] * (MOST + 1)))
