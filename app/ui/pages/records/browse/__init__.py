"""The list at the left of a record."""
