"""The steps, oldest first; `packaging/new_migration.py` writes the next one."""
