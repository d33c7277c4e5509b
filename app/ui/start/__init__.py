"""Before the pages: whose data it is, and who is at work."""
