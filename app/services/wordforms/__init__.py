"""Filled Word forms (附件2) become visits: read, looked at, then saved in one go."""
