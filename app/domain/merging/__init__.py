"""汇总: many revisions become one record (package format §4)."""
