"""A desk at a real office."""

from __future__ import annotations

from tests.ui.printing.conftest import clock, county, desk, grounds

__all__ = ["clock", "county", "desk", "grounds"]
