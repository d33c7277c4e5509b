"""Forms, slips, ledgers: records in, PDF / xlsx out."""
