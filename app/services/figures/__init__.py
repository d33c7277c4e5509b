"""统计: coverage, totals, who has not reported."""
