"""Many records changed at once, each with a revision of its own, and taken back as one."""
