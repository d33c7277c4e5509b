"""Names by their pinyin, their sound and their pieces."""
