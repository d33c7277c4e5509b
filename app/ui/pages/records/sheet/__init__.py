"""The record in the middle: its form, its head, its lines and keys."""
