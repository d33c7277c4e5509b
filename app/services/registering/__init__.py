"""报送单位登记: a new computer asks, the city decides."""
