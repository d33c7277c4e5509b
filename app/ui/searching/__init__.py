"""Ctrl+F: what answers, of every type, under the search box."""
