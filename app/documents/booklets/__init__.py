"""Papers made of the program's own help."""
