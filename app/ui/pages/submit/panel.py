"""What the page asks of each of its panels."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.services.reporting.reporting_steps import Situation


class Panel(QWidget):
    """One view of the page; shown below the steps."""

    def show_situation(self, seen: Situation) -> None:
        """Show where the 报送 is."""

    def go_in(self) -> None:
        """Put the focus where work goes on."""

    def set_busy(self, busy: bool) -> None:
        """Long work is under way: begin nothing else."""

    def set_narrow(self, narrow: bool) -> None:
        """The window is below 1200 px, or wide again."""
