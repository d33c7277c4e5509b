"""走访帮扶登记系统: the program. See README.md for the layout of the house."""

__version__ = "1.0.0"
