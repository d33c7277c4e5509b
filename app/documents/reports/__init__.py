"""Papers about the work of an office."""
