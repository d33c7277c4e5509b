"""工作简报: numbered, put together, issued, taken back, told to who wrote what is in it (R50)."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from docx import Document as Word

from app.domain.kernel.errors import UserError
from app.domain.records import Briefing, Document
from app.services.figures import issued_totals, statistics
from app.services.letters import briefing_issuing, briefings
from app.services.letters.briefing_items import items
from app.services.letters.briefing_letter import letter_file
from app.services.lists import table_query
from app.services.lists.listing import lines
from app.services.lists.table_query import TableQuery
from app.services.office.letter_file import write_paper, write_word
from app.services.office.office import Office
from app.services.records import saving, voiding
from app.services.records.checked_body import CheckFailed
from app.services.records.link_resolving import Links
from app.services.records.prefill import prefill
from app.services.reporting import receipts
from app.services.reviewing import adoptions, answers
from tests.services.offices import COUNTY, SetClock, deliver, record_of, save_visit

ADOPTED_BY = "《工作简报》2011年第1期"


def news(office: Office, title: str, **typed: object) -> str:
    body = {"kind": "news", "title": title, "dated": "2011-07-20", "text": f"{title}的经过。"}
    return saving.save(office, Document, {**body, **typed}).id


def begun(office: Office) -> str:
    key = briefings.begin(office).id
    saving.save(
        office, Briefing, {"recipients": "市委、市政府", "copies_to": "省总工会"}, record=key
    )
    return key


@pytest.fixture
def handed_in(city: Office, county: Office, tmp_path: Path) -> str:
    """A piece of 信息 of the county that the city has."""
    key = news(county, "走访进车间", text="厂里电话13900001234，反响很好。")
    deliver(county, city, tmp_path / "stick")
    return key


def test_numbers_follow_each_other_and_what_is_carried_over(city: Office, clock: SetClock) -> None:
    first = begun(city)
    second = briefings.begin(city)
    one = record_of(city, "briefing", second.id)
    assert (one.year, one.issue, one.recipients) == (2011, 2, "市委、市政府")
    assert one.title == "工作简报 2011年第2期"
    assert one.editor == "乐山市总工会"
    clock.set(2012, 1, 5)
    assert record_of(city, "briefing", briefings.begin(city).id).issue == 1
    assert [s.record.title for s in briefings.listed(city)] == [
        "工作简报 2012年第1期", "工作简报 2011年第2期", "工作简报 2011年第1期",
    ]  # fmt: skip
    voiding.void(city, Briefing, first, "不发了")
    assert briefings.seen(city, second.id).gap == (1,)
    assert "2011年没有第1期" in briefings.seen(city, second.id).standing


def test_no_gap_and_no_second_of_a_number_goes_unnoticed(city: Office) -> None:
    key = begun(city)
    briefings.add_text(city, key, "要闻", "部署走访。")
    (note,) = saving.save(city, Briefing, {"issue": 3}, record=key).findings
    assert note.sentence == "期号不连续：2011年没有第1期、第2期。"
    with pytest.raises(UserError, match="第1期、第2期还没有印发"):
        briefing_issuing.issue(city, key)
    saving.save(city, Briefing, {}, record=key, accept={note.key: "前两期是手工编的"})
    saving.save(city, Briefing, {"note": "试编"}, record=key, accept={note.key: "手工编的"})
    briefing_issuing.issue(city, key)
    other = briefings.begin(city).id
    with pytest.raises(CheckFailed, match="已经有第3期"):
        saving.save(city, Briefing, {"issue": 3}, record=other, asking=True)
    saving.save(city, Briefing, {"issue": 3}, record=other)
    briefings.add_text(city, other, "要闻", "部署走访。")
    with pytest.raises(UserError, match="已经有第3期"):
        briefing_issuing.issue(city, other)


def test_parts_are_chosen_written_moved_and_left_out(city: Office, handed_in: str) -> None:
    own = news(city, "市总部署走访")
    other = news(city, "用过的", outcome="adopted")
    assert {one.id for one in items(city)} == {own, handed_in}
    assert other not in {one.id for one in items(city)}
    key = begun(city)
    briefings.add_items(city, key, [own, handed_in, own])
    briefings.add_items(city, key, [own])
    seen = statistics.statistics(city, "2011-36")
    table = issued_totals.issue(city, issued_totals.shown(city, seen), seen)
    briefings.add_figures(city, key, table.n)
    one = record_of(city, "briefing", key)
    assert [part.heading for part in one.parts] == ["市总部署走访", "走访进车间", "走访情况"]
    taken, figures = one.parts[1:]
    assert taken.source == "沙湾区总工会"
    assert taken.text == "厂里电话（号码略），反响很好。"
    assert figures.figures_as_of.isoformat() == "2011-07-21"
    assert "走访单位0户" in figures.text
    briefings.write_part(city, key, taken.id, "沙湾走访进车间", "反响很好。")
    briefings.move_part(city, key, figures.id, -2)
    briefings.drop_part(city, key, one.parts[0].id)
    again = record_of(city, "briefing", key)
    assert [part.heading for part in again.parts] == ["走访情况", "沙湾走访进车间"]
    assert again.parts[1].document == handed_in
    with pytest.raises(UserError, match="没有这一部分"):
        briefings.drop_part(city, key, "gone")


def test_who_wrote_it_is_told_with_the_answer(
    city: Office, county: Office, handed_in: str, tmp_path: Path
) -> None:
    key = begun(city)
    briefings.add_items(city, key, [handed_in, own := news(city, "市总部署走访")])
    briefing_issuing.issue(city, key)
    here = record_of(city, "document", handed_in)
    assert (here.outcome, here.adopted_by) == ("adopted", ADOPTED_BY)
    assert record_of(city, "document", own).adopted_by == ADOPTED_BY
    assert not items(city)
    with pytest.raises(UserError, match="已经印发，不能再改"):
        briefings.add_text(city, key, "又一段", "")
    with pytest.raises(CheckFailed, match="不能再改"):
        saving.save(city, Briefing, {"recipients": "改"}, record=key)
    assert record_of(county, "document", handed_in).outcome == ""

    files = answers.answer(city, COUNTY, tmp_path / "back").files
    back = receipts.take_receipts(county, files)
    assert any(word.verdict == adoptions.ADOPT and word.said == ADOPTED_BY for word in back.words)
    assert "document" in back.changes.types
    there = record_of(county, "document", handed_in)
    assert (there.outcome, there.adopted_by) == ("adopted", ADOPTED_BY)
    assert there.decided_on.isoformat() == "2011-07-21"
    assert there.text.startswith("厂里电话")
    seen = briefings.seen(city, key)
    assert seen.sent == ("沙湾区总工会",)
    with pytest.raises(UserError, match="已经随回执发给沙湾区总工会"):
        briefing_issuing.withdraw(city, key, "错了")

    deliver(county, city, tmp_path / "again")
    state = saving.show(city, Document, handed_in)
    assert (state.record.outcome, state.pending) == ("adopted", {})


def test_it_can_be_taken_back_while_nobody_was_told(city: Office, handed_in: str) -> None:
    key = begun(city)
    briefings.add_items(city, key, [handed_in, own := news(city, "市总部署走访")])
    briefing_issuing.issue(city, key)
    assert "已印发 2011-07-21 市经办" in briefings.seen(city, key).standing
    with pytest.raises(UserError, match="原因"):
        briefing_issuing.withdraw(city, key, " ")
    briefing_issuing.withdraw(city, key, "写错了")
    for document in (handed_in, own):
        one = record_of(city, "document", document)
        assert (one.outcome, one.adopted_by) == ("", "")
    assert not briefings.seen(city, key).issued
    briefings.add_text(city, key, "又一段", "补上。")
    briefing_issuing.issue(city, key)
    assert record_of(city, "document", handed_in).outcome == "adopted"


def test_an_issue_that_is_out_is_called_back_before_it_is_void(
    city: Office, handed_in: str
) -> None:
    """作废 alone would leave 采用 on what is in it."""
    key = begun(city)
    briefings.add_items(city, key, [handed_in])
    assert [one.progress for one in lines(city, Briefing, [key])] == ["未印发"]
    assert in_table(city, key) == "未印发"
    briefing_issuing.issue(city, key)
    (line,) = lines(city, Briefing, [key])
    assert (line.title, line.progress) == ("工作简报 2011年第1期", "已印发")
    assert in_table(city, key) == "已印发 07-21"
    with pytest.raises(UserError, match="印发") as refused:
        voiding.void(city, Briefing, key, "写错了")
    assert refused.value.code == "ISSUED"
    briefing_issuing.withdraw(city, key, "写错了")
    voiding.void(city, Briefing, key, "写错了")
    assert in_table(city, key) == "已作废"
    assert record_of(city, "document", handed_in).outcome == ""


def test_a_new_one_in_the_list_has_the_next_number_and_its_day(city: Office) -> None:
    begun(city)
    with city.store.read() as connection:
        links = Links(city, connection)
        body = prefill(links, Briefing, {})
        assert (body["year"], body["issue"], body["dated"]) == (2011, 2, "2011-07-21")
        assert prefill(links, Briefing, {"dated": "2012-03-01"})["issue"] == 1
        assert prefill(links, Briefing, {"issue": 9})["issue"] == 9


def test_another_offices_issue_is_only_read(city: Office, county: Office, tmp_path: Path) -> None:
    key = begun(county)
    briefings.add_text(county, key, "要闻", "部署走访。")
    briefing_issuing.issue(county, key)
    save_visit(county)
    deliver(county, city, tmp_path / "stick")
    assert not briefings.seen(city, key).mine
    with pytest.raises(UserError, match="别的单位"):
        briefing_issuing.withdraw(city, key, "错了")


def test_the_paper_has_its_head_its_parts_and_its_foot(
    city: Office, handed_in: str, tmp_path: Path
) -> None:
    key = begun(city)
    briefings.add_items(city, key, [handed_in])
    briefings.add_text(city, key, "要闻", "部署走访。\n各县已开始。")
    draft = briefings.seen(city, key)
    assert letter_file(draft).name == "工作简报_2011年第1期"
    write_paper(city, letter_file(draft), tmp_path / "稿.pdf")
    assert "未印发" in _text(tmp_path / "稿.pdf")
    briefing_issuing.issue(city, key)
    found = briefings.seen(city, key)
    assert write_paper(city, letter_file(found), tmp_path / "简报.pdf") == 1
    write_word(city, letter_file(found), tmp_path / "简报.docx")
    word = Word(str(tmp_path / "简报.docx"))
    written = "\n".join(word.element.body.itertext())
    for text in (_text(tmp_path / "简报.pdf"), written):
        for words in ("工作简报", "2011年第1期", "乐山市总工会编", "2011年7月21日", "走访进车间",
                      "（沙湾区总工会）", "主送：市委、市政府。", "抄送：省总工会。"):  # fmt: skip
            assert words in text.replace("\r\n", "")
        assert "未印发" not in text
        assert "13900001234" not in text
    red = [run for one in word.paragraphs for run in one.runs if run.font.color.rgb is not None]
    assert [str(run.font.color.rgb) for run in red] == ["D60000"]


def in_table(office: Office, key: str) -> str:
    """The 状态 of an issue in the table."""
    (row,) = table_query.rows(office, TableQuery(Briefing, ("standing",)), [key])
    return row.cells[0].words


def _text(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as paper:
        return "".join(page.get_textpage().get_text_range() for page in paper)
