"""工作安排: the board, the plans and groups as records."""
