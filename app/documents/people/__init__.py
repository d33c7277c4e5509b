"""Papers about workers in difficulty."""
