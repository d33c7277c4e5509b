"""活动: which there are, one made from another, and what of them the city changed."""
