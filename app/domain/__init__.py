"""The pure heart: records and their fields, code lists, checks, merge decisions.

Nothing here knows of SQL, Qt, files or the clock.
"""
