"""Other programs that do the same kind of work, measured in the same run."""
