"""A sheet of a workbook before it is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.documents.workbooks.raster import Raster
from app.domain.kernel.progress import Cancel


@dataclass(frozen=True, slots=True)
class Leaf:
    """A sheet's title, whether it is hidden, and how it is read (raises `UserError` WORKBOOK_…)."""

    title: str
    hidden: bool
    read: Callable[[Cancel], Raster]
