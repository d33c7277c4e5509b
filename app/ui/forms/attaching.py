"""附件 of the record in a form: added by dialog, dropped or pasted; looked at, lent, taken out.

A page needs three lines:

    self.attaching = Attaching(self.form, desk.office, desk.worker, desk.problems)
    self.attaching.show(type_name, opened.key, opened.base)     # after the form was loaded
    opening.save(…, why=self.attaching.why())                   # when the record is saved

The bytes of a file are kept at once; that the record has it is a change in the form like
any other: it is in the draft, and saved with the record.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog

from app.domain.kernel.file_names import safe_file_name
from app.domain.records import Record
from app.services.records import attachment_pages, attachments
from app.services.records.attachment_copies import Lending
from app.services.records.attachment_kinds import DOCUMENTS, PICTURES
from app.services.records.attachments import Kept, NewFile
from app.ui.fields.attachments import AttachmentsEditor
from app.ui.forms.messages import Asked, Message
from app.ui.forms.preview_panel import Orders, PreviewPanel
from app.ui.keys import ATTACH, Action
from app.ui.parts.work_bar import WorkBar

if TYPE_CHECKING:
    from app.services.office.office import Office
    from app.services.records.drafts import Draft
    from app.ui.forms.record_form import RecordForm
    from app.ui.problems import Problems
    from app.ui.worker import Operation, Worker

FIELD = "attachments"
_KINDS = " ".join(f"*.{ending}" for ending in (*PICTURES, *DOCUMENTS))
_REMOVING = Asked("取下的原因", "例如：扫错了", "取下")
_NO_DOCUMENT = "{}。它不是照片或文档，可能是程序，请先向填报单位问清来历。"
_SLOW = 400
"""Milliseconds after which it is shown that files are being added."""
_ON_STOP = "停止后，已经添加的附件留着。"

OpenWith = Callable[[Path], bool]


class Attaching(QObject):
    """Does what the list of files in a form asks for.

    `show` tells it which record stands in the form. `ask_files`, `ask_target` and
    `open_with` are the dialogs and the system's own programs.
    """

    def __init__(
        self,
        form: RecordForm,
        office: Office,
        worker: Worker,
        problems: Problems,
        *,
        ask_files: Callable[[], Sequence[Path]] | None = None,
        ask_target: Callable[[str], Path | None] | None = None,
        open_with: OpenWith | None = None,
    ) -> None:
        super().__init__(form)
        self._form, self._office, self._worker, self._problems = form, office, worker, problems
        self._ask_files = ask_files or self._files_asked
        self._ask_target = ask_target or self._target_asked
        self._open_with = open_with or _open_with_system
        self._editor: AttachmentsEditor | None = None
        self._panel: PreviewPanel | None = None
        self._type: type[Record] | None = None
        self._key = ""
        self._base: str | None = None
        self._removed: dict[str, str] = {}
        self._lending = lending = Lending(office)
        self.add = Action(ATTACH, self.ask, form)
        self.work = WorkBar()
        form.add_below(self.work)
        for end in (QApplication.instance().aboutToQuit, self.destroyed):  # type: ignore[union-attr]
            # A bound method would not keep its object alive until then.
            end.connect(lambda *given: lending.take_back())

    # -- what the page says

    def show(self, record_type: type[Record], key: str, base: str | None) -> None:
        """The form shows this record now: its id (or its draft's key), and the version it is of."""
        self._type, self._key, self._base = record_type, key, base
        self._removed = {}
        if self._panel is not None:
            self._panel.hide()
        editor = self._form.attachments()
        if editor is not self._editor:
            self._connect(editor)
        self.add.setEnabled(not editor.read_only)
        names = [row.get("sha256", "") for row in editor.value() or ()]
        if names:
            looking = self._worker.read(partial(attachments.missing, self._office, names))
            looking.done.connect(partial(self._mark_missing, key))

    def why(self) -> str | None:
        """Why files were taken out, for the history; None when none was."""
        return "；".join(self._removed.values()) or None

    def _connect(self, editor: AttachmentsEditor) -> None:
        self._editor = editor
        editor.add_files.connect(self.ask)
        editor.files_brought.connect(self.add_files)
        editor.picture_pasted.connect(self._add_picture)
        editor.open_file.connect(self.look_at)
        editor.remove_file.connect(self._remove)

    def _mark_missing(self, key: str, missing: frozenset[str]) -> None:
        if key == self._key and self._editor is not None and missing:
            self._editor.mark_missing(missing)

    # -- adding

    def ask(self) -> None:
        """Ctrl+U: choose files to attach."""
        self.add_files(self._ask_files())

    def add_files(self, paths: Sequence[Path]) -> None:
        """Attach these files."""
        self._add([NewFile(path, path.name) for path in paths])

    def _add_picture(self, data: bytes) -> None:
        at = self._office.now()[:19].replace("T", " ").replace(":", "")
        name = f"粘贴的图片 {at}.png"
        self._add([NewFile(data, name)])

    def _add(self, files: Sequence[NewFile]) -> None:
        if not files or self._type is None or self._editor is None or self._editor.read_only:
            return
        keeping = self._worker.write(partial(attachments.keep_each, self._office, files), long=True)
        self._show_slow(keeping)
        keeping.done.connect(partial(self._added, self._type, self._key, self._base))

    def _show_slow(self, keeping: Operation) -> None:
        """A bar for what takes its time; one that comes and goes at once would only flicker."""
        slow = QTimer(keeping)
        slow.setSingleShot(True)
        slow.timeout.connect(lambda: self.work.watch(keeping, "正在添加附件", _ON_STOP))
        keeping.ended.connect(slow.stop)
        slow.start(_SLOW)

    def _added(self, record_type: type[Record], key: str, base: str | None, kept: Kept) -> None:
        """Name them in the form, or in the draft of the record they were meant for."""
        if key == self._key and self._editor is not None:
            self._editor.add(kept.rows)
            self._say_refused(kept)
        elif kept.rows:
            job = partial(attachments.add_to_draft, self._office, record_type, key, base, kept.rows)
            self._worker.write(job).done.connect(self._told_elsewhere)

    def _say_refused(self, kept: Kept) -> None:
        if kept.refused:
            said = "".join(f"{safe_file_name(name)}：{problem}" for name, problem in kept.refused)
            self._form.tell(FIELD, Message("error", "没有添加", said))
            self._form.area.show_cell(self._form.cells()[FIELD])

    def _told_elsewhere(self, draft: Draft) -> None:
        said = "附件已添加到刚才那条记录，那条记录还没有保存。"
        self._form.tell(FIELD, Message("info", "附件", said))

    # -- taking out

    def _remove(self, sha256: str) -> None:
        """What was saved is taken out with a reason; what was added just now goes at once."""
        editor = self._editor
        if editor is None:
            return
        if not editor.is_saved(sha256):
            editor.take_out(sha256)
            return
        cell = self._form.cells()[FIELD]
        name = editor.name_of(sha256)
        said = f"取下“{name}”，保存以后生效；以前的内容里仍有。"
        line = cell.messages.ask_reason(Message("warning", "附件", said), _REMOVING)

        def end() -> None:
            cell.messages.show([])
            editor.setFocus(Qt.FocusReason.OtherFocusReason)

        def give(reason: str) -> None:
            self._removed[sha256] = f"取下“{name}”：{reason}"
            editor.take_out(sha256)
            end()

        line.given.connect(give)
        line.given_up.connect(end)
        line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._form.area.show_cell(cell)

    # -- looking

    def look_at(self, sha256: str) -> None:
        """Show a file beside the form."""
        row = self._row(sha256)
        panel = self.panel
        panel.begin(row)
        opening = self._worker.read(
            partial(attachment_pages.opened, self._office, sha256), long=True
        )
        opening.done.connect(partial(self._show_preview, sha256))
        opening.failed.connect(panel.show_problem)

    def _show_preview(self, sha256: str, preview: attachment_pages.Preview | None) -> None:
        if self.panel.isVisible() and self.panel.sha256 == sha256:
            self.panel.show_preview(preview)
        elif preview is not None:
            preview.close()

    @property
    def panel(self) -> PreviewPanel:
        """Where files are looked at, made when first needed."""
        if self._panel is None:
            orders = Orders(self._draw, self.open_outside, self.save_as)
            self._panel = PreviewPanel(self._form.window(), orders)
        return self._panel

    def _draw(self, job: Callable[[], Any], done: Callable[[Any], None]) -> None:
        drawing = self._worker.read(job, long=True)
        drawing.done.connect(done)
        drawing.failed.connect(self.panel.show_problem)

    def _row(self, sha256: str) -> dict[str, Any]:
        rows = self._editor.value() if self._editor is not None else None
        return next((dict(row) for row in rows or () if row.get("sha256") == sha256), {})

    # -- other programs

    def open_outside(self, sha256: str) -> None:
        """用系统程序打开: a private copy, which is removed when this program closes."""
        lending = self._worker.read(
            partial(self._lending.lend, sha256, self._row(sha256).get("name", "附件")), long=True
        )
        lending.done.connect(self._lent)
        lending.failed.connect(self._problems.show)

    def _lent(self, copy: Path) -> None:
        if self._open_with(copy):
            said = "打开的是副本，在别的程序里修改不会存回来；本程序关闭时副本自动删除。"
        else:
            said = "这台电脑没有能打开它的程序，请用“另存为”存出来。"
        self._form.tell(FIELD, Message("info", "附件", said))

    def save_as(self, sha256: str) -> None:
        """另存为: write the file where the person wants it."""
        target = self._ask_target(safe_file_name(self._row(sha256).get("name", "")))
        if target is not None:
            job = partial(attachments.save_to, self._office, sha256, target)
            saving = self._worker.read(job, long=True)
            saving.done.connect(partial(self._saved, target))
            saving.failed.connect(self._problems.show)

    def _saved(self, target: Path, document: bool) -> None:
        told = Message("ok", "已另存", str(target))
        if not document:
            told = Message("warning", "已另存，不要直接打开", _NO_DOCUMENT.format(target))
        self._form.tell(FIELD, told)

    # -- dialogs

    def _files_asked(self) -> list[Path]:
        kinds = f"照片、扫描件和文档 ({_KINDS})"
        found, _ = QFileDialog.getOpenFileNames(self._form, "添加附件", str(Path.home()), kinds)
        return [Path(name) for name in found]

    def _target_asked(self, name: str) -> Path | None:
        found, _ = QFileDialog.getSaveFileName(self._form, "另存为", str(Path.home() / name))
        return Path(found) if found else None


def _open_with_system(path: Path) -> bool:
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
