"""Which steps of the schema there are: one numbered file each in database/migrations."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import MetaData

from database.store.tables import METADATA


@dataclass(frozen=True)
class History:
    """The steps that lie in the folder `scripts`, and the schema they lead to."""

    scripts: Path
    metadata: MetaData

    @property
    def revisions(self) -> list[str]:
        """The numbers of the steps in order, from the names of their files."""
        files = (self.scripts / "versions").glob("[0-9]*.py")
        return sorted(file.name.partition("_")[0] for file in files)


SHIPPED = History(Path(__file__).resolve().parents[1] / "migrations", METADATA)
