"""Where the files of a data folder lie."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Folder:
    """The files of a data folder."""

    root: Path

    @property
    def store(self) -> Path:
        """The records."""
        return self.root / "store.db"

    @property
    def scans(self) -> Path:
        """The attachments."""
        return self.root / "attachments.db"

    @property
    def drafts(self) -> Path:
        """What is being typed."""
        return self.root / "drafts.db"

    @property
    def keyring(self) -> Path:
        """The wrapped store key."""
        return self.root / "keyring.json"

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
