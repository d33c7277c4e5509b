"""扫描件归位: signed paper that was scanned goes to its records."""
