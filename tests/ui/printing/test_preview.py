"""The pages of a document that is going to be printed are given back, whatever ends first."""

from __future__ import annotations

import io
import threading

import pypdfium2
from pytestqt.qtbot import QtBot

from app.documents.drawing.pages import Pages
from app.domain.kernel.progress import Cancel
from app.services.papers.paper_pages import Printout
from app.ui.printing.preview import Preview
from app.ui.worker import Worker


def document() -> Printout:
    out = io.BytesIO()
    with pypdfium2.PdfDocument.new() as made:
        made.new_page(595, 842).close()
        made.save(out)
    return Printout(out.getvalue(), Pages(out.getvalue()), ((595, 842),))


def busy_until_stopped(cancel: Cancel) -> None:
    pause = threading.Event()
    while not pause.wait(0.01):
        cancel.check()


def test_what_is_given_back_as_the_worker_closes_is_closed(qtbot: QtBot, dressed: object) -> None:
    worker = Worker()
    preview = Preview(worker)
    qtbot.addWidget(preview)
    first, second = document(), document()
    worker.read(busy_until_stopped, long=True)
    preview.show_made(first)
    preview.show_made(second)
    worker.close()
    for made in (first, second):
        assert made.pages._document.raw is None, "closed"
