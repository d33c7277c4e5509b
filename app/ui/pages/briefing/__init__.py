"""编简报: an issue of 工作简报 put together, looked at as paper, issued."""
