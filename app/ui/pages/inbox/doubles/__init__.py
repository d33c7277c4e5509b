"""疑似重复: one pair after another."""
