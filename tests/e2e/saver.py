"""Saves enterprises without end and says which ones are saved; the test pulls the plug."""

from __future__ import annotations

import itertools
import os
import sys
from pathlib import Path

from app.domain.records import Enterprise
from app.services.office.office import open_office
from app.services.records import saving

PASSPHRASE = "走访 2011 万家企业"


def main(root: Path) -> None:
    """One line per save, written when the save has returned: 已保存."""
    office = open_office(root, PASSPHRASE)
    for n in itertools.count():
        saved = saving.save(office, Enterprise, {"name": f"乐山{os.getpid()}之{n}厂"})
        sys.stdout.write(f"{saved.state.h}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
