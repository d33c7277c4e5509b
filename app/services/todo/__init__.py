"""首页（待办）: what waits for a person, how far the campaign is, what is handed over."""
