"""Which of the files on a stick are for this office."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.domain.kernel.errors import Problem
from app.exchange.envelope import Header
from app.exchange.keys import age_key_id
from app.exchange.names import file_name
from app.exchange.packagereader import inspect_package
from app.services.office.office import Office

SUFFIX = ".zfpkg"
_DEEPEST = 3
"""Folders within folders that are looked into; a stick may hold a whole computer."""


def packages_in(sources: Iterable[Path], *, deep: bool = False) -> Iterator[tuple[Path, bool]]:
    """Every file once, by name, and whether it was named itself or found in a folder.

    With `deep` the folders in a folder are looked into as well.
    """
    found: dict[Path, bool] = {}
    for source in sources:
        if source.is_dir():
            inside = _below(source, _DEEPEST if deep else 0)
            found |= {file: found.get(file, False) for file in inside}
        else:
            found[source] = True
    yield from sorted(found.items(), key=lambda item: (item[0].name, str(item[0])))


def _below(folder: Path, deepest: int) -> Iterator[Path]:
    """The package files of a folder; what cannot be read is passed over."""
    for place, folders, names in os.walk(folder):
        here = Path(place)
        if len(here.relative_to(folder).parts) >= deepest:
            folders.clear()
        folders[:] = [name for name in folders if not name.startswith((".", "$"))]
        yield from (here / name for name in names if name.lower().endswith(SUFFIX))


@dataclass(frozen=True, slots=True)
class Chooser:
    """Leaves out what this office wrote itself, and from folders what is for others."""

    office: Office

    def wants(self, file: Path, *, named: bool) -> bool:
        """Whether to take the file in; one that cannot be judged here is taken and judged there."""
        try:
            seen = inspect_package(file)
            if self._is_ours(seen.header, seen.tip):
                return False
        except Problem:
            return True
        return named or self._is_for_us(seen.header)

    def _is_ours(self, header: Header, tip: str) -> bool:
        """Whether it lies in our outbox; a stranger's under our name does not."""
        if header.writer != self.office.identity.writer:
            return False
        sent = self.office.folder.outbox / file_name(header.writer, header.to, header.seq)
        return sent.exists() and inspect_package(sent).tip == tip

    def _is_for_us(self, header: Header) -> bool:
        if header.recipients:
            return age_key_id(self.office.recipient) in header.recipients
        return header.kind == "trust" or header.to == self.office.identity.station
