"""The conditions above a list: chips to look at and to take away, and a line to add one."""
