"""领导带队: visits led by the main leader, and who of the leadership took part (R38)."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import openpyxl
import pypdfium2

from app.domain.records import Leader
from app.services.figures.leaders_share import content_of, look, write_paper, write_sheet
from app.services.office.office import Office
from app.services.records import saving
from tests.services.offices import deliver, save_visit


def leader(office: Office, name: str, **typed: object) -> str:
    body = {"name": name, "post": "副主席", "serves_from": "2010-01-01", **typed}
    return saving.save(office, Leader, body).id


def leadership(county: Office) -> None:
    """A chief, a deputy, one who came in August and one who left before the campaign."""
    leader(county, "李明书", post="主席", chief="是")
    leader(county, "刘勇")
    leader(county, "王学东", serves_from="2011-08-01")
    leader(county, "谢昆", serves_to="2011-06-30")


def visits(county: Office) -> None:
    save_visit(county, leaders="李明书、付志勇", visited_on="2011-07-18")
    save_visit(county, leaders="刘  勇", visited_on="2011-07-19")
    save_visit(county, leaders="王学东", visited_on="2011-07-20")
    save_visit(county, leaders="付志勇", visited_on="2011-07-21", led_by_chief="是")


def test_who_took_part_and_what_the_chief_led(county: Office) -> None:
    leadership(county)
    visits(county)

    (one,) = look(county).offices

    assert one.name == "沙湾区总工会"
    assert [(m.name, m.visits) for m in one.members] == [
        ("李明书", 1),
        ("刘勇", 1),
        ("王学东", 0),
    ], "a visit before his term does not count; who left before the campaign is not asked"
    assert (one.took_part, one.visits, one.by_chief) == (2, 4, 2)


def test_the_form_says_last_whether_the_chief_led(county: Office) -> None:
    leadership(county)
    save_visit(county, leaders="李明书", led_by_chief="否")

    assert look(county).offices[0].by_chief == 0


def test_visits_without_a_known_leadership_are_shown_too(county: Office) -> None:
    visits(county)

    (one,) = look(county).offices

    assert (one.members, one.visits, one.by_chief) == ((), 4, 1)


def test_what_nobody_wrote_is_none_and_not_nought(county: Office) -> None:
    """Without a leadership and a tick on the form nobody knows who led; one that says no is 0."""
    save_visit(county, leaders="李明书", led_by_chief="")
    (one,) = look(county).offices
    assert (one.untold, one.led_words) == (1, "—（未填 1／1）")
    ((first, *_),) = [list(content_of(county, look(county)).rows())]
    assert first[2:] == ("—", "—", "—", 1, "—（未填 1／1）")
    save_visit(county, leaders="李明书", led_by_chief="否")
    (one,) = look(county).offices
    assert (one.untold, one.led_words) == (1, "0（未填 1／2）")


def test_the_city_counts_the_leadership_of_its_counties(
    city: Office, county: Office, tmp_path: Path
) -> None:
    leadership(county)
    visits(county)
    deliver(county, city, tmp_path / "stick")
    leader(city, "赖淑芳", post="主席", chief="是")

    found = look(city)

    assert [(one.name, len(one.members), one.took_part) for one in found.offices] == [
        ("乐山市总工会", 1, 0),
        ("沙湾区总工会", 3, 2),
    ]


def test_it_is_taken_along_as_a_workbook_and_on_paper(county: Office, tmp_path: Path) -> None:
    leadership(county)
    visits(county)
    seen = look(county)

    write_sheet(county, seen, tmp_path / "带队.xlsx")
    pages = write_paper(county, seen, tmp_path / "带队.pdf")

    sheet = openpyxl.load_workbook(tmp_path / "带队.xlsx").active
    assert sheet is not None
    texts = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert ["沙湾区总工会", "", "3", "2", "66.7%", "4", "2"] in texts
    assert any(row[:2] == ["　李明书", "主席"] for row in texts)
    assert pages == 1
    with closing(pypdfium2.PdfDocument(tmp_path / "带队.pdf")) as document:
        assert "领导带队情况" in document[0].get_textpage().get_text_range()
