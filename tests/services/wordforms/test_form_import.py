"""Filled Word forms become visits: looked at first, with their file, taken back as one."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from app.documents.wordforms.bounds import LARGEST
from app.domain.kernel.errors import Cancelled, UserError
from app.domain.kernel.progress import Cancel
from app.domain.records import Campaign, Enterprise, Visit
from app.services.office.office import Office
from app.services.records import attachments, saving
from app.services.reviewing import answers
from app.services.wordforms import form_files, form_import
from app.services.wordforms.filled_forms import FormsRead
from app.services.wordforms.form_files import read_files
from app.services.wordforms.form_import import FormsSeen, carry_out, look
from app.services.wordforms.form_judging import VISIT_DAY, Decided, open_doubts
from app.services.workbooks import import_undo
from tests.documents.wordforms.layouts import TITLE, UNIT, one
from tests.documents.wordforms.papers import docx, p, table
from tests.services.offices import COUNTY, SetClock, carry

DATA = Path(__file__).parents[2] / "documents/data/wordforms"
FILED = {VISIT_DAY: "filed"}


@pytest.fixture
def office(county: Office, clock: SetClock) -> Office:
    clock.set(2011, 12, 1)
    return county


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "登记表"
    folder.mkdir()
    return folder


def visits(office: Office) -> list[Visit]:
    return [state.record for state in saving.listing(office, Visit)]


def put(folder: Path, *names: str) -> Path:
    for name in names:
        shutil.copy(DATA / name, folder / name)
    return folder


def seen(office: Office, read: FormsRead, decided: Decided | None = None) -> FormsSeen:
    return look(office, read, decided or Decided(answers=FILED))


def all_looked_at(read: FormsRead) -> Decided:
    looked = frozenset(
        (form.number, name) for form in read.forms for name, _ in open_doubts(form, Decided())
    )
    return Decided(looked=looked, answers=FILED)


def test_a_folder_of_forms_comes_in_each_with_its_file(office: Office, folder: Path) -> None:
    before = len(visits(office))
    read = read_files(office, [put(folder, "05_three_forms.doc", "13_label_above.docx")])
    assert [(file.name, len(file.forms)) for file in read.files] == [
        ("05_three_forms.doc", 3),
        ("13_label_above.docx", 1),
    ]
    found = seen(office, read)
    # The fourth is the first once more: the same day, the same unit, the same words.
    assert [row.outcome for row in found.account.rows] == ["add", "add", "add", "same"]
    assert len(visits(office)) == before
    done = carry_out(office, found)
    assert (done.added, done.dry_run) == (3, False)
    came = {visit.enterprise_name: visit for visit in visits(office)[-3:]}
    visit = came[UNIT]
    assert visit.leaders == ("王建国", "刘勇")
    assert (visit.headcount, str(visit.filed_on), str(visit.visited_on)) == (
        236,
        "2011-09-20",
        "2011-09-20",
    )
    assert visit.opinions.startswith("1、建议企业")
    assert visit.remarks == "登记表上的填报单位：沙湾区嘉农镇工会联合会"
    assert [one.name for one in visit.attachments] == ["05_three_forms.doc"]
    with attachments.read(office, visit.attachments[0].sha256) as kept:
        assert kept.read() == (folder / "05_three_forms.doc").read_bytes()
    assert came["四川金峨水泥股份有限公司"].opinions == "无"


def test_what_is_doubtful_stays_out_until_it_was_looked_at(office: Office, folder: Path) -> None:
    read = read_files(office, [put(folder, "16_controls_fields_hidden.docx")])
    found = seen(office, read)
    assert [row.outcome for row in found.account.rows] == ["asked"]
    assert found.open == 1
    assert carry_out(office, found).added == 0
    looked = seen(office, read, all_looked_at(read))
    assert looked.open == 0
    assert carry_out(office, looked).added == 1


def test_what_was_typed_goes_before_what_was_read(office: Office, folder: Path) -> None:
    (folder / "a.docx").write_bytes(one(count="男120人，女116人"))
    read = read_files(office, [folder])
    assert [blank.words for blank in read.forms[0].blanks if blank.name == "headcount"] == [""]
    typed = Decided(typed={(1, "headcount"): "236", (1, "visited_on"): "2011.9.18"})
    done = carry_out(office, seen(office, read, typed))
    assert done.added == 1
    assert (visits(office)[-1].headcount, str(visits(office)[-1].visited_on)) == (236, "2011-09-18")


def test_a_typed_value_that_cannot_be_is_refused_with_its_label(
    office: Office, folder: Path
) -> None:
    (folder / "a.docx").write_bytes(one())
    read = read_files(office, [folder])
    found = seen(office, read, Decided(typed={(1, "headcount"): "许多"}, answers=FILED))
    row = found.account.rows[0]
    assert row.outcome == "refused"
    assert "职工人数" in row.told


def test_without_a_day_of_the_visit_a_person_is_asked_once_for_all(
    office: Office, folder: Path
) -> None:
    read = read_files(office, [put(folder, "05_three_forms.docx")])
    found = seen(office, read, Decided())
    assert found.account.questions == {VISIT_DAY: 3}
    assert found.account.asked == 3
    answered = seen(office, read)
    assert answered.account.added == 3
    assert answered.account.questions == {VISIT_DAY: 3}


def test_the_same_files_again_bring_nothing_new(office: Office, folder: Path) -> None:
    read = read_files(office, [put(folder, "05_three_forms.docx")])
    carry_out(office, seen(office, read))
    again = seen(office, read_files(office, [folder]))
    assert (again.account.added, again.account.same) == (0, 3)


def test_the_whole_import_is_taken_back_as_one(office: Office, folder: Path) -> None:
    before = len(visits(office)), len(saving.listing(office, Enterprise))
    read = read_files(office, [put(folder, "05_three_forms.docx", "14_fullwidth.docx")])
    done = carry_out(office, seen(office, read))
    assert len(visits(office)) > before[0]
    assert import_undo.imports(office, Visit)[0].file == "2 个 Word 文件"
    import_undo.take_back(office, done.batch)
    assert (len(visits(office)), len(saving.listing(office, Enterprise))) == before


def test_a_unit_that_reports_and_is_known_is_linked(office: Office, folder: Path) -> None:
    text = docx(
        TITLE,
        table(
            ["参与走访领导", "王建国"],
            ["走访单位", UNIT],
            ["职工人数", "236"],
            ["建议与意见", "无"],
        ),
        p("填报单位：沙湾区总工会      2011年9月20日"),
    )
    (folder / "a.docx").write_bytes(text)
    carry_out(office, seen(office, read_files(office, [folder])))
    assert visits(office)[-1].unit == "511111"
    assert visits(office)[-1].remarks == ""


def test_a_file_that_cannot_be_read_says_why_and_stops_no_other(
    office: Office, folder: Path
) -> None:
    put(folder, "01_plain.docx", "half.docx", "rtf.doc")
    shutil.copy(folder / "01_plain.docx", folder / "02 副本.docx")
    (folder / "~$1_plain.docx").write_bytes(b"open")
    (folder / "说明.txt").write_text("不是", encoding="utf-8")
    with (folder / "大.doc").open("wb") as file:
        file.truncate(LARGEST + 1)
    read = read_files(office, [folder])
    assert {file.name: file.code for file in read.files} == {
        "01_plain.docx": "",
        "02 副本.docx": "SAME_FILE",
        "half.docx": "DAMAGED",
        "rtf.doc": "NOT_WORD",
        "大.doc": "TOO_BIG",
    }
    assert all(file.sentence for file in read.files if file.code)


def test_a_folder_without_word_files_says_so(office: Office, folder: Path) -> None:
    with pytest.raises(UserError) as error:
        read_files(office, [folder])
    assert error.value.code == "NO_WORD_FILES"


def test_too_many_files_are_not_begun(
    office: Office, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(form_files, "MOST_FILES", 2)
    put(folder, "01_plain.docx", "05_three_forms.docx", "10_nested.docx")
    with pytest.raises(UserError) as error:
        read_files(office, [folder])
    assert error.value.code == "TOO_MANY_FILES"


def test_a_file_that_was_changed_since_is_looked_at_again(office: Office, folder: Path) -> None:
    path = folder / "a.docx"
    path.write_bytes(one())
    found = seen(office, read_files(office, [folder]))
    path.write_bytes(one("李明"))
    before = len(visits(office))
    with pytest.raises(UserError) as error:
        carry_out(office, found)
    assert error.value.code == "SHEET_CHANGED"
    assert len(visits(office)) == before


def test_what_was_saved_meanwhile_is_seen_again(office: Office, folder: Path) -> None:
    read = read_files(office, [put(folder, "01_plain.docx")])
    first, second = seen(office, read), seen(office, read)
    carry_out(office, first)
    with pytest.raises(UserError) as error:
        carry_out(office, second)
    assert error.value.code == "SEEN_CHANGED"


def test_a_stop_leaves_nothing(office: Office, folder: Path) -> None:
    found = seen(office, read_files(office, [put(folder, "01_plain.docx")]))
    before, cancel = len(visits(office)), Cancel()
    cancel.set()
    with pytest.raises(Cancelled):
        carry_out(office, found, cancel=cancel)
    with pytest.raises(Cancelled):
        read_files(office, [folder], cancel=cancel)
    assert len(visits(office)) == before
    assert form_import.look(office, found.read).account.rows


def test_a_blank_form_and_one_left_out_do_not_come_in(office: Office, folder: Path) -> None:
    blank = docx(TITLE, table(["参与走访领导", ""], ["走访单位", ""], ["职工人数", "人"]))
    (folder / "a.docx").write_bytes(blank)
    (folder / "b.docx").write_bytes(one())
    read = read_files(office, [folder])
    decided = Decided(out=frozenset({2}), answers=FILED)
    found = seen(office, read, decided)
    assert [(row.outcome, row.told) for row in found.account.rows] == [
        ("refused", "这份登记表是空的。"),
        ("refused", "您选了不导入这一份。"),
    ]


def test_the_mark_of_a_reading_changes_with_what_was_read(office: Office, folder: Path) -> None:
    (folder / "a.docx").write_bytes(one())
    first = read_files(office, [folder]).mark
    assert read_files(office, [folder]).mark == first
    (folder / "a.docx").write_bytes(one("李明"))
    assert read_files(office, [folder]).mark != first


def test_a_day_outside_every_campaign_asks_for_one(office: Office, folder: Path) -> None:
    (folder / "a.docx").write_bytes(one(day="2011年6月1日"))
    read = read_files(office, [folder])
    row = seen(office, read).account.rows[0]
    assert (row.outcome, "选它属于哪个活动" in row.told) == ("refused", True)
    decided = Decided(typed={(1, "campaign"): "2011-36"}, answers=FILED)
    row = seen(office, read, decided).account.rows[0]
    assert (row.outcome, row.question) == ("asked", "V01")
    decided = Decided(typed=decided.typed, answers=FILED | {"V01": "take"})
    assert carry_out(office, seen(office, read, decided)).added == 1
    assert visits(office)[-1].campaign == "2011-36"


@pytest.mark.skipif(os.name == "nt", reason="a disk there keeps no such name")
def test_a_name_that_is_no_text_is_shown_and_kept_as_what_can_be_read(
    office: Office, folder: Path
) -> None:
    strange = os.fsdecode(os.fsencode(folder) + b"/\xff\n\x1b[31m.docx")
    shutil.copy(DATA / "13_label_above.docx", strange)
    read = read_files(office, [folder])
    assert [file.name for file in read.files] == ["\ufffd[31m.docx"]
    assert carry_out(office, seen(office, read)).added == 1
    (kept,) = visits(office)[-1].attachments
    assert kept.name == "\ufffd[31m.docx"


def test_what_a_campaign_adds_is_a_blank_to_fill_in(
    city: Office, office: Office, folder: Path, tmp_path: Path
) -> None:
    (found,) = [s for s in saving.listing(city, Campaign) if s.record.code == "2011-36"]
    asked = {"name": "coal", "label": "取暖用煤", "kind": "integer", "required": True}
    extra = {"extra_fields": [{"type": "visit", **asked}]}
    saving.save(city, Campaign, extra, record=found.id)
    carry(office, answers.answer(city, COUNTY, tmp_path / "first").files)
    read = read_files(office, [put(folder, "13_label_above.docx")])
    (form,) = read.forms
    assert [(blank.name, blank.words) for blank in form.blanks][-1] == ("coal", "")
    decided = all_looked_at(read)
    (row,) = seen(office, read, decided).account.rows
    assert (row.outcome, "“取暖用煤”没有填写" in row.told) == ("refused", True)

    wrong = replace(decided, typed={(form.number, "coal"): "许多"})
    (row,) = seen(office, read, wrong).account.rows
    assert (row.outcome, "取暖用煤" in row.told) == ("refused", True)

    right = replace(decided, typed={(form.number, "coal"): "３"})
    assert carry_out(office, seen(office, read, right)).added == 1
    assert visits(office)[-1].extra == {"coal": 3}
