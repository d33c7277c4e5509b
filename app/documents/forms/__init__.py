"""The official forms and the slips of a 报送."""
