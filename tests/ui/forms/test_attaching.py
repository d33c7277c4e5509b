"""Scans and photographs come to a record by key, by drag, by paste, and are looked at."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from app.domain.records import Visit, body_of
from app.services.lists import record_sheet
from app.services.lists.record_sheet import Opened
from app.services.office.office import Office
from app.services.records import attachments, drafts, record_versions, saving
from app.services.records.saving import Saved
from app.ui.fields.suggestion import Surroundings
from app.ui.forms.attaching import Attaching
from app.ui.forms.record_form import RecordForm
from app.ui.problems import Problems
from app.ui.worker import Worker
from database.store import attachments as scans
from tests.services.offices import VISIT, record_of, save_visit
from tests.ui.hands import compose, focus, keys, press, show
from tests.ui.pages.at_work import CTRL, AtWork
from tests.ui.pages.conftest import at_work, clock, county, grounds

__all__ = ["at_work", "clock", "county", "grounds"]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 words"
pytestmark = pytest.mark.usefixtures("dressed")


class Table:
    """A form with its attachments, as a page holds them, and a clerk who chooses files."""

    def __init__(self, office: Office, worker: Worker, tmp_path: Path) -> None:
        self.office, self.worker = office, worker
        self.chosen: list[Path] = []
        self.target = tmp_path / "另存.pdf"
        self.opened_outside: list[Path] = []
        self.page = QWidget()
        self.form = RecordForm(Surroundings(office.today))
        QVBoxLayout(self.page).addWidget(self.form)
        self.problems = problems = Problems(lambda error: None, self.page)
        self.attaching = Attaching(
            self.form,
            office,
            worker,
            problems,
            ask_files=lambda: self.chosen,
            ask_target=lambda name: self.target,
            open_with=self._open_with,
        )
        self.form.begin(Visit)
        self.now = self.turn_to(record_sheet.fresh(office, Visit, {}))

    def _open_with(self, path: Path) -> bool:
        self.opened_outside.append(path)
        return True

    def turn_to(self, opened: Opened) -> Opened:
        self.now = opened
        self.form.load(opened.body)
        if opened.draft is not None:
            self.form.restore(opened.draft.typed)
        self.attaching.show(Visit, opened.key, opened.base)
        return opened

    def save(self) -> Saved:
        given = self.form.changes() if self.now.base else self.form.typed()
        saved = saving.save(
            self.office,
            Visit,
            given,
            record=self.now.key if self.now.base else None,
            base=self.now.base,
            why=self.attaching.why(),
        )
        self.turn_to(record_sheet.opened(self.office, Visit, saved.id))
        return saved

    def names(self) -> list[str]:
        return [row["name"] for row in self.form.attachments().value() or ()]

    def wait(self, qtbot: QtBot, deed: Callable[[], Any]) -> None:
        """Do something that ends in the form having other files."""
        with qtbot.waitSignal(self.form.attachments().changed):
            deed()


@pytest.fixture
def table(qtbot: QtBot, county: Office, worker: Worker, tmp_path: Path) -> Table:
    table = Table(county, worker, tmp_path)
    show(qtbot, table.page, 600, 640)
    return table


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for _ in range(3):
        canvas.rect(100, 100, 300, 300, fill=1)
        canvas.showPage()
    canvas.save()
    path = tmp_path / "申请书.pdf"
    path.write_bytes(out.getvalue())
    return path


def files_carried(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drag_onto(widget: QWidget, data: QMimeData) -> bool:
    """Drag over a widget and let go; tells whether it was taken."""
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    plain = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), copy, data, left, plain)
    QApplication.sendEvent(widget, enter)
    if enter.isAccepted():
        QApplication.sendEvent(widget, QDropEvent(QPointF(5, 5), copy, data, left, plain))
    return enter.isAccepted()


def test_a_photo_is_added_by_key_and_saved_with_the_record(
    qtbot: QtBot, table: Table, tmp_path: Path
) -> None:
    photo = tmp_path / "IMG_1.JPG"
    Image.new("RGB", (3000, 2000), "red").save(photo)
    table.turn_to(record_sheet.opened(table.office, Visit, save_visit(table.office).id))
    table.chosen = [photo]
    table.wait(qtbot, lambda: press(qtbot, Qt.Key.Key_U, CTRL))
    assert table.form.dirty
    (row,) = table.save().state.record.attachments
    with attachments.read(table.office, row.sha256) as stream, Image.open(stream) as kept:
        assert kept.size == (1600, 1067)


def test_files_of_a_new_record_wait_in_its_draft(qtbot: QtBot, table: Table, scan: Path) -> None:
    table.wait(qtbot, lambda: table.attaching.add_files([scan]))
    with qtbot.waitSignal(table.form.draft_due) as due:
        table.form.focus_first()
        compose("李明书")
    drafts.save(table.office, Visit, due.args[0], key=table.now.key)

    table.turn_to(record_sheet.fresh(table.office, Visit, {}))
    assert table.names() == []
    table.turn_to(record_sheet.opened(table.office, Visit, drafts.every(table.office)[0].key))
    assert table.names() == ["申请书.pdf"]
    table.form.fill(VISIT)
    assert table.save().state.record.attachments[0].name == "申请书.pdf"


def test_files_dropped_on_any_field_are_attached(qtbot: QtBot, table: Table, scan: Path) -> None:
    for name in ("leaders", "opinions", "visited_on", "items"):
        stop = table.form.editor(name).stops()[0]
        target = stop.findChild(QWidget, "qt_scrollarea_viewport") or stop
        table.wait(qtbot, lambda target=target: drag_onto(target, files_carried(scan)))  # type: ignore[misc]
        assert table.names() == ["申请书.pdf"]
        assert table.form.editor(name).typed() in (None, "")
    assert not drag_onto(table.form, files_carried(Path("/x/沙湾_to_乐山_000001.zfpkg")))


def test_a_picture_is_pasted_from_any_field_and_words_stay_words(
    qtbot: QtBot, table: Table, scan: Path
) -> None:
    clipboard = QApplication.clipboard()
    for number, name in enumerate(("leaders", "opinions", "methods")):
        table.form.jump_to(name)
        image = QImage(40, 30 + number, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.red)
        clipboard.setImage(image)
        table.wait(qtbot, lambda: press(qtbot, Qt.Key.Key_V, CTRL))
    assert len(table.names()) == 3
    assert all(name.startswith("粘贴的图片 2011-07-21 090000") for name in table.names())
    table.form.jump_to("opinions")
    clipboard.setMimeData(files_carried(scan))
    table.wait(qtbot, lambda: press(qtbot, Qt.Key.Key_V, CTRL))
    assert table.names()[-1] == "申请书.pdf"

    sheet = QMimeData()
    sheet.setImageData(QImage(4, 4, QImage.Format.Format_RGB32))
    sheet.setText("班车少。")
    clipboard.setMimeData(sheet)
    press(qtbot, Qt.Key.Key_V, CTRL)
    assert table.form.editor("opinions").value() == "班车少。"
    assert len(table.names()) == 4


def test_what_cannot_be_attached_is_said_and_the_rest_is_added(
    qtbot: QtBot, table: Table, scan: Path, tmp_path: Path
) -> None:
    large = tmp_path / "大.pdf"
    large.write_bytes(b"%PDF" + bytes(10 << 20))
    table.chosen = [large, tmp_path / "视频.mp4", scan]
    table.wait(qtbot, table.attaching.ask)
    assert table.names() == ["申请书.pdf"]
    (said,) = table.form.messages("attachments")
    assert "大.pdf：附件太大，最多10 MB。" in said
    assert "“视频.mp4”这种文件不能作附件。" in said


def test_a_file_is_taken_out_with_a_reason_that_stays_in_the_history(
    qtbot: QtBot, table: Table, scan: Path
) -> None:
    table.turn_to(record_sheet.opened(table.office, Visit, save_visit(table.office).id))
    table.wait(qtbot, lambda: table.attaching.add_files([scan]))
    saved = table.save()
    table.form.jump_to("attachments")
    press(qtbot, Qt.Key.Key_Delete, CTRL)
    assert table.names() == ["申请书.pdf"]
    press(qtbot, Qt.Key.Key_Escape)
    assert table.form.messages("attachments") == []
    press(qtbot, Qt.Key.Key_Delete, CTRL)
    compose("扫反了")
    press(qtbot, Qt.Key.Key_Return)
    assert table.names() == []
    assert table.save().state.record.attachments == ()
    last = record_versions.history(table.office, Visit, saved.id)[-1]
    assert last.revision.why == "取下“申请书.pdf”：扫反了"


def test_what_was_added_just_now_goes_without_a_reason(
    qtbot: QtBot, table: Table, scan: Path
) -> None:
    table.wait(qtbot, lambda: table.attaching.add_files([scan]))
    table.form.jump_to("attachments")
    press(qtbot, Qt.Key.Key_Delete, CTRL)
    assert table.names() == []
    assert table.attaching.why() is None


def test_the_pages_of_a_scan_are_turned_and_esc_goes_back(
    qtbot: QtBot, table: Table, scan: Path
) -> None:
    table.wait(qtbot, lambda: table.attaching.add_files([scan]))
    table.form.jump_to("attachments")
    list_of_files = focus()
    panel = table.attaching.panel
    with qtbot.waitSignal(panel.shown):
        press(qtbot, Qt.Key.Key_Space)
    assert panel.place.text() == "第 1 / 3 页"
    assert panel.width() <= 540
    assert not panel.picture.pixmap().isNull()
    with qtbot.waitSignal(panel.shown):
        press(qtbot, Qt.Key.Key_Right)
    assert panel.place.text() == "第 2 / 3 页"
    with qtbot.waitSignal(panel.shown):
        press(qtbot, Qt.Key.Key_Left)
    press(qtbot, Qt.Key.Key_Left)
    assert panel.place.text() == "第 1 / 3 页"
    press(qtbot, Qt.Key.Key_Escape)
    assert panel.isHidden()
    assert focus() is list_of_files


def test_a_document_is_lent_to_another_program_and_copied_where_one_wants(
    qtbot: QtBot, table: Table, tmp_path: Path
) -> None:
    letter = tmp_path / "总结.wps"
    letter.write_bytes(OLE)
    table.wait(qtbot, lambda: table.attaching.add_files([letter]))
    table.form.jump_to("attachments")
    panel = table.attaching.panel
    with qtbot.waitSignal(panel.shown):
        press(qtbot, Qt.Key.Key_Space)
    assert "Ctrl+O" in panel.words.text()
    QTest.keyClick(panel, Qt.Key.Key_O, CTRL)
    qtbot.waitUntil(lambda: len(table.opened_outside) == 1)
    (copy,) = table.opened_outside
    assert (copy.name, copy.read_bytes()) == ("总结.wps", OLE)
    QTest.keyClick(panel, Qt.Key.Key_S, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: "已另存" in "".join(table.form.messages("attachments")))
    assert table.target.read_bytes() == OLE
    QApplication.instance().aboutToQuit.emit()  # type: ignore[union-attr]
    assert not copy.exists()


def test_a_program_under_the_name_of_a_document_is_only_saved_with_a_warning(
    qtbot: QtBot, table: Table
) -> None:
    sha256, size = scans.add(table.office.scans, io.BytesIO(b"MZ words"))
    row = {"id": "1", "sha256": sha256, "name": "/a/名单\u202efdp.pdf.exe", "size": size}
    table.turn_to(record_sheet.opened(table.office, Visit, save_with(table.office, row)))
    table.form.jump_to("attachments")
    assert table.form.attachments().name_of(sha256) == "_a_名单fdp.pdf.exe"
    panel = table.attaching.panel
    with qtbot.waitSignal(panel.shown):
        press(qtbot, Qt.Key.Key_Space)
    assert "可能是程序" in panel.words.text()
    with qtbot.waitSignal(table.problems.noticed) as noticed:
        QTest.keyClick(panel, Qt.Key.Key_O, CTRL)
    assert "可能是程序" in str(noticed.args)
    assert table.opened_outside == []
    table.target = table.target.with_name("名单.pdf.exe")
    QTest.keyClick(panel, Qt.Key.Key_S, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: "不要直接打开" in "".join(table.form.messages("attachments")))
    assert table.target.read_bytes() == b"MZ words"


def save_with(office: Office, row: dict[str, Any]) -> str:
    return save_visit(office, attachments=[row]).id


def test_files_that_arrive_late_are_in_the_record_they_were_meant_for(
    qtbot: QtBot, table: Table, scan: Path
) -> None:
    first = record_sheet.opened(table.office, Visit, save_visit(table.office).id)
    table.turn_to(first)
    table.attaching.add_files([scan])
    table.turn_to(record_sheet.fresh(table.office, Visit, {}))
    qtbot.waitUntil(lambda: table.form.messages("attachments") != [])
    assert table.names() == []
    table.turn_to(record_sheet.opened(table.office, Visit, first.key))
    assert table.names() == ["申请书.pdf"]
    assert table.form.typed()["leaders"] == body_of(table.save().state.record)["leaders"]


def test_a_record_of_another_office_is_only_looked_at(
    qtbot: QtBot, table: Table, scan: Path
) -> None:
    table.form.load(table.now.body, read_only=True)
    table.attaching.show(Visit, table.now.key, table.now.base)
    assert not table.attaching.add.isEnabled()
    assert not drag_onto(table.form, files_carried(scan))
    table.attaching.add_files([scan])
    table.form.jump_to("leaders")
    keys(qtbot, "x")
    assert table.names() == []


def test_on_the_page_a_scan_is_dropped_saved_and_taken_out(at_work: AtWork, scan: Path) -> None:
    saved = save_visit(at_work.office)
    page = at_work.go("visits")
    page.form.focus_first()
    with at_work.qtbot.waitSignal(page.form.attachments().changed):
        drag_onto(page.form, files_carried(scan))
    at_work.press(Qt.Key.Key_S, CTRL)
    at_work.rest()
    (row,) = record_of(at_work.office, "visit", saved.id).attachments
    assert row.name == "申请书.pdf"
    page.form.jump_to("attachments")
    at_work.press(Qt.Key.Key_Delete, CTRL)
    compose("扫反了")
    at_work.press(Qt.Key.Key_Return)
    at_work.press(Qt.Key.Key_S, CTRL)
    at_work.rest()
    assert record_of(at_work.office, "visit", saved.id).attachments == ()
    last = record_versions.history(at_work.office, Visit, saved.id)[-1]
    assert last.revision.why == "取下“申请书.pdf”：扫反了"
    assert at_work.notices == []
