"""The package: bytes and records, no SQL, no Qt (package.md §1, §2, §5, §7)."""
