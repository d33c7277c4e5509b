"""Newer versions for an installed program, from a publisher that it knows."""

from __future__ import annotations

from pathlib import Path

from app.exchange.keys import SigningKey
from app.exchange.updates import UpdateHeader, seal_update, tree_of
from app.services.updating import program_tree
from tests.houses import change, newer_house

BROKEN = "9.0.0"
"""A version that falls as soon as it is started."""


class Publisher:
    """Makes versions in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = SigningKey.generate()

    def become_known(self, program: Path) -> None:
        """As whoever makes the set-up writes its key into it."""
        with (program / "resources" / "publishers.txt").open("a", encoding="utf-8") as known:
            known.write(f"{self._key.public.text}\n")

    def publish(self, version: str, target: Path) -> None:
        """Write the update file of the checkout's program as this version."""
        house = newer_house(self._folder / version, version)
        if version == BROKEN:
            change(house, "app/cli/__init__.py", r"\A", "raise RuntimeError\n")
        paths = program_tree.program_files(house)
        header = UpdateHeader(
            format=1,
            kind="update",
            version=version,
            created="2026-11-30T09:00:00+08:00",
            python=program_tree.python_version(),
            libraries=program_tree.libraries(),
            notes=["填报更快了。"],
        )
        fonts = [path for path in paths if path.startswith(program_tree.FONTS)]
        seal_update(target, header, tree_of(house, paths), house, left_out=fonts, key=self._key)
