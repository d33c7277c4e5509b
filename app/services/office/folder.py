"""Where the files of a data folder lie."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.domain.kernel.file_names import KEYRING, STORE

STAGED, NOTE = "restoring", "restore.json"
"""What is to be moved in, and the note of how far that is."""

_TRACES = (
    f"{KEYRING}*", f"{STORE}*", "attachments.db*", "drafts.db*", "root.key*",
    "outbox", "inbox", "arrivals", "replaced-*", NOTE,
)  # fmt: skip
"""What shows that somebody's data lies here, or a part of it."""


@dataclass(frozen=True)
class Folder:
    """The files of a data folder."""

    root: Path

    @property
    def is_new(self) -> bool:
        """Whether no file of anybody's data lies here, whole or in part."""
        return not any(any(self.root.glob(trace)) for trace in _TRACES)

    @property
    def missing(self) -> Sequence[Path]:
        """Which files and folders a whole data folder lacks; an empty file is none."""
        files = (self.keyring, self.store, self.scans)
        lost = [path for path in files if not path.is_file() or not path.stat().st_size]
        return [*lost, *(path for path in (self.outbox, self.inbox) if not path.is_dir())]

    def words_for(self, paths: Sequence[Path]) -> str:
        """Files of the folder as people know them: 附件（attachments.db）."""
        known = {
            self.keyring: "口令文件",
            self.store: "记录",
            self.scans: "附件",
            self.outbox: "发出的报送文件",
            self.inbox: "收到的报送文件",
        }
        return "、".join(f"{known[path]}（{path.name}）" for path in paths)

    @property
    def store(self) -> Path:
        """The records."""
        return self.root / STORE

    @property
    def scans(self) -> Path:
        """The attachments."""
        return self.root / "attachments.db"

    @property
    def mark(self) -> Path:
        """The number of the last save, outside the store."""
        return self.root / "last-save"

    @property
    def drafts(self) -> Path:
        """What is being typed."""
        return self.root / "drafts.db"

    @property
    def keyring(self) -> Path:
        """The wrapped store key."""
        return self.root / KEYRING

    @property
    def outbox(self) -> Path:
        """Sealed packages, by writer, addressee and number."""
        return self.root / "outbox"

    @property
    def inbox(self) -> Path:
        """Received packages, by the sha256 of the file."""
        return self.root / "inbox"

    @property
    def arrivals(self) -> Path:
        """Files copied in and not taken in yet, each in a folder named by its sha256."""
        return self.root / "arrivals"

    @property
    def receiving(self) -> Path:
        """Held by the one who copies into the inbox."""
        return self.root / "receiving.lock"

    @property
    def lent(self) -> Path:
        """Readable copies that other programs show now, a folder for each run of this one."""
        return self.root / "lent"

    @property
    def root_key(self) -> Path:
        """The city's root key (OpenSSH, under its own passphrase)."""
        return self.root / "root.key"


def tidy(root: Path) -> None:
    """Remove what a cut left of files that were never whole; only for who holds the folder."""
    if (root / NOTE).exists():
        return
    shutil.rmtree(root / STAGED, ignore_errors=True)
    for left in (*root.glob("*.part"), *root.glob("outbox/*.part"), *root.glob("inbox/*.part")):
        with suppress(OSError):
            shutil.rmtree(left) if left.is_dir() else left.unlink(missing_ok=True)
