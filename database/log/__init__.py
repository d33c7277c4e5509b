"""What only grows: revisions, the package ledger, trust documents."""
