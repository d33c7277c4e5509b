"""Paper and pen: fonts, lines, pages, pictures."""
