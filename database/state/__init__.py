"""What each record is now, for lists, search and counts."""
