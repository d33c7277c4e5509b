"""Printing runs beside the window and makes no class of Qt there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_SCRIPT = """
import sys, threading
from PySide6.QtWidgets import QApplication
application = QApplication(sys.argv)
from shiboken6 import Shiboken
from app.documents.drawing.pages import Picture
from app.domain.kernel.progress import Cancel, silent
from app.ui.printing import printers

class Printout:
    sizes = [(595, 842), (842, 595)]
    def picture(self, n, scale):
        return Picture(10, 10, 40, bytes(400))

def device():
    made = printers.QPrinter(printers.QPrinter.PrinterMode.HighResolution)
    made.setOutputFileName(sys.argv[1])
    return made

def classes(kind):
    return {kind}.union(*(classes(one) for one in type.__subclasses__(kind)))

def print_it():
    printer = printers.Printer("x", True, device)
    job = printers.sending(Printout(), printer, title="x", copies=2, two_sided=True)
    job(progress=silent, cancel=Cancel())
    printers._device("nobody's")

before = classes(Shiboken.Object)
thread = threading.Thread(target=print_it)
thread.start()
thread.join()
print(sorted(one.__qualname__ for one in classes(Shiboken.Object) - before))
"""


def test_a_thread_that_prints_makes_no_class_of_qt(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT, str(tmp_path / "printed.pdf")],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
    assert (tmp_path / "printed.pdf").stat().st_size > 0
