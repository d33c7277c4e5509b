"""首页（待办）: what to do next, and how far the campaign is."""

from __future__ import annotations

from app.ui.pages.home.page import Home

__all__ = ["Home"]
