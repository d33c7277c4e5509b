"""What the pages need is there before they are asked for: the services beside the window."""

from __future__ import annotations

import subprocess
import sys

_SCRIPT = """
import sys, threading
import app.bootstrap as bootstrap, app.ui.desktop
from importlib import import_module

def ours():
    return {name for name in sys.modules if name.split(".")[0] in ("app", "database")}

before = ours()
thread = threading.Thread(target=bootstrap._warm_up)
thread.start()
thread.join()
beside = ours()
print(sorted(name for name in beside - before if name.startswith("app.ui")))
for page in bootstrap.PAGES:
    import_module(page)
there = ours()
print(sorted(name for name in there - beside if not name.startswith("app.ui")))
try:
    bootstrap._frame(None, None, None)
except AttributeError:
    pass
print(sorted(ours() - there))
"""


def test_the_services_come_beside_the_window_and_the_pages_on_the_main_thread() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT], capture_output=True, text=True, check=True
    )
    of_the_window, late_services, late = done.stdout.splitlines()
    assert (of_the_window, late_services, late) == ("[]", "[]", "[]")
