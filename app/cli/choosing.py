"""Which of the files on a stick are for this office."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.errors import Problem

if TYPE_CHECKING:
    from app.exchange.header import Header
    from app.services.office import Office


def packages_in(sources: Iterable[Path]) -> Iterator[tuple[Path, bool]]:
    """Every file once, by name, and whether it was named itself or found in a folder."""
    found: dict[Path, bool] = {}
    for source in sources:
        if source.is_dir():
            found |= {file: found.get(file, False) for file in source.glob("*.zfpkg")}
        else:
            found[source] = True
    yield from sorted(found.items(), key=lambda item: (item[0].name, str(item[0])))


@dataclass(frozen=True, slots=True)
class Chooser:
    """Leaves out what this office wrote itself, and from folders what is for others."""

    office: Office

    def wants(self, file: Path, *, named: bool) -> bool:
        """Whether to take the file in; one that cannot be judged here is taken and judged there."""
        from app.exchange.packagereader import inspect_package

        try:
            seen = inspect_package(file)
            if self._is_ours(seen.header, seen.tip):
                return False
        except Problem:
            return True
        return named or self._is_for_us(seen.header)

    def _is_ours(self, header: Header, tip: str) -> bool:
        """Whether it lies in our outbox; a stranger's under our name does not."""
        from app.exchange.packagereader import inspect_package

        if header.writer != self.office.identity.writer:
            return False
        name = f"{header.writer}_to_{header.to}_{header.seq:06d}.zfpkg"
        sent = self.office.folder.outbox / name
        return sent.exists() and inspect_package(sent).tip == tip

    def _is_for_us(self, header: Header) -> bool:
        from app.exchange.keys import age_key_id

        if header.recipients:
            return age_key_id(self.office.recipient) in header.recipients
        return header.kind == "trust" or header.to == self.office.identity.station
