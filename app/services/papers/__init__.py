"""What can be printed of records, and as which pages."""
