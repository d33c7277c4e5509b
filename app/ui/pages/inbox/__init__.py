"""收件: what came, what to decide about it, and who has not reported."""
