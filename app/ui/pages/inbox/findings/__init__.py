"""逻辑检查 of what was received: its list, what it is narrowed to, what is decided."""
