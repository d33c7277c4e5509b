"""What everything else is made of: errors, progress, fields, code lists, ids, text."""
