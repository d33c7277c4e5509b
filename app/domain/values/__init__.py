"""Single values as people write them: money, dates, ID numbers, 编号."""
