"""A record's form: its fields in a declared order, checked as they are left."""
