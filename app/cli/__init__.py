"""The command line: the same services as the desktop's, for scripts, big offices and tests.

Exit status: 0 done, 1 refused, 2 wrong usage, 3 the machine is in the way, 4 a fault
of the program. `--json`, wherever it stands, makes stdout exactly one JSON document.
"""

from __future__ import annotations

from collections.abc import Sequence

from app import __version__


def main(words: Sequence[str]) -> int:
    """Run one command line; returns the exit status."""
    if list(words) == ["--version"]:
        print(f"zoufang {__version__}")
        return 0
    from app.cli.application import perform
    from app.cli.frame.running import run

    return run(perform, words)
