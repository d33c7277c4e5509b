"""工作安排: the board of an office, and what is placed on it."""
