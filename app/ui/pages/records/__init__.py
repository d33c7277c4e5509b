"""The pages of records: a list at the left, one record in its form, a third card beside it."""
