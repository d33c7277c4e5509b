"""SQLAlchemy, and only here: engine, tables, the revision log, queries, migrations."""
