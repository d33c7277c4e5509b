"""The file: opening it, its tables, its attachments, its failures."""
