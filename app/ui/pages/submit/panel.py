"""What the page asks of the panels of its steps."""

from __future__ import annotations

from app.services.reporting.reporting_steps import Situation
from app.ui.parts.panel import Panel


class StepPanel(Panel):
    """A view of one step of 报送; shown below the steps."""

    def show_situation(self, seen: Situation) -> None:
        """Show where the 报送 is."""
