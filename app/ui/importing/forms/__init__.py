"""从 Word 导入: filled forms are looked at, each value beside its source, then come in."""
