"""A list as a table: columns chosen, moved and ordered by, rows read as they are seen."""
