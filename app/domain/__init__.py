"""Records and their fields, code lists, checks, merge decisions; no outside world.

Nothing here knows of SQL, Qt, files or the clock.
"""
