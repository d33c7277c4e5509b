"""设置: a list of subjects at the left, the one chosen at the right."""
