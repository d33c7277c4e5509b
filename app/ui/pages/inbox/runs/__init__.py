"""What each run of 汇总 brought in, what it did not, and what to do next."""
