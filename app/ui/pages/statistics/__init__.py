"""统计: coverage, the 汇总表, what two levels both met, pictures."""

from __future__ import annotations

from app.ui.pages.statistics.page import StatisticsPage

__all__ = ["StatisticsPage"]
