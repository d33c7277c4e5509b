"""Restores a backup, and dies at the nth time a file is renamed, as in a power cut."""

from __future__ import annotations

import os
import sys
from itertools import count
from pathlib import Path

from app.services.backup.restoring import keyring_for, restore
from tests.e2e.saver import PASSPHRASE

DIED = 9


def main(file: Path, root: Path, nth: int) -> None:
    """Exit 0 when there were fewer renames."""
    keyring = keyring_for(file, root)
    key = keyring.unlock(keyring.operators[0].id, PASSPHRASE)
    renames = count(1)

    def watch(event: str, _arguments: object) -> None:
        if event == "os.rename" and next(renames) == nth:
            os._exit(DIED)

    sys.addaudithook(watch)
    restore(file, root, key, force=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
