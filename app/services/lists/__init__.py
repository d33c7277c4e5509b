"""What stands beside a record: lists, search, history, the line of time."""
