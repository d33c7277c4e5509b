"""What goes into an installed program, the same for every system: see `gather.py`."""
