"""Faults of a command are kept where those of the window are."""

from __future__ import annotations

from app.services.office.faults import keep, log_file

__all__ = ["keep", "log_file"]
