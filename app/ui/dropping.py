"""Files dropped on the window, or opened with it: each is handed to the place where it belongs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from app.domain.kernel.file_names import shown_name
from app.services.receiving.dropped_files import Brought, look_at
from app.ui.given_files import GivenFiles
from app.ui.page_context import PageContext
from app.ui.problems import Notice
from app.ui.shell.shell import Shell


class Dropping(QObject):
    """Listens to the frame; what has a place of its own, such as an attachment, comes not here.

    `handed(place)` says where files were given to, `refused` that none of them belongs here.
    """

    handed = Signal(str)
    refused = Signal()

    def __init__(self, desk: PageContext, shell: Shell, given: GivenFiles | None = None) -> None:
        super().__init__(shell)
        self._desk, self._shell = desk, shell
        self._given = given
        if given is not None:
            given.came.connect(self._take_given)
        shell.setAcceptDrops(True)
        shell.header.search.setAcceptDrops(False)
        shell.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DragEnter:
            entering = cast(QDragEnterEvent, event)
            if not local_files(entering.mimeData()):
                return False
            entering.acceptProposedAction()
            return True
        if event.type() == QEvent.Type.Drop:
            dropped = cast(QDropEvent, event)
            dropped.acceptProposedAction()
            self.take(local_files(dropped.mimeData()))
            return True
        return False

    def take(self, paths: Sequence[Path]) -> None:
        """Give these files to the page shown, or look what they are and where they belong."""
        if self._shell.page.takes(paths):
            self._shell.page.take_files(paths)
            self.handed.emit(self._shell.current)
            return
        self._look(paths)

    def _take_given(self) -> None:
        """What was opened with the program goes where it belongs, whatever page is shown."""
        if self._given is not None and (paths := self._given.take()):
            self._look(paths)

    def _look(self, paths: Sequence[Path]) -> None:
        looking = self._desk.worker.read(partial(look_at, self._desk.office, paths), long=True)
        looking.done.connect(self._hand_out)

    def _hand_out(self, brought: Sequence[Brought]) -> None:
        """The files of the place that most belong to are handed over; others are named."""
        places = [one.place for one in brought if self._shell.has_place(one.place)]
        if not places:
            self._refuse(brought)
            return
        place = max(dict.fromkeys(places), key=places.count)
        if not self._shell.go(place):
            return
        rest = [one for one in brought if one.place != place]
        if rest:
            self._say("warning", f"放下了别的文件：{_named(rest)}。", "请分开放进来。")
        else:
            self._say("info", f"收到：{_named(brought)}。")
        self._shell.page.take_files([one.path for one in brought if one.place == place])
        self.handed.emit(place)

    def _refuse(self, brought: Sequence[Brought]) -> None:
        if brought:
            self._say("warning", f"这里不能接收：{_named(brought)}。", "请核对文件是给谁的。")
        else:
            self._say("warning", "文件夹里没有报送文件。", "报送文件的名称以 .zfpkg 结尾。")
        self.refused.emit()

    def _say(self, kind: str, what: str, remedy: str = "") -> None:
        self._desk.problems.noticed.emit(Notice(kind, what, remedy=remedy))


def local_files(data: QMimeData) -> list[Path]:
    """The files and folders of this computer that are carried."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def _named(brought: Iterable[Brought]) -> str:
    """At most three of them by name, with what each is."""
    found = list(brought)
    told = "、".join(f"{shown_name(one.path.name)}（{one.what}）" for one in found[:3])
    return told if len(found) <= 3 else f"{told}等 {len(found)} 个文件"
