"""Lists of records: what stands in them and how a row is drawn."""
