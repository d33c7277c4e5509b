"""A view that stands in a page in turn with others."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


class Panel(QWidget):
    """What a page asks of each view it shows in turn."""

    def go_in(self) -> None:
        """Put the focus where work goes on."""

    def set_busy(self, busy: bool) -> None:
        """Long work is under way: begin nothing else."""

    def set_narrow(self, narrow: bool) -> None:
        """The window is below 1200 px, or wide again."""
