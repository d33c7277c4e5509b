"""合成一份: files of one person or one unit beside each other, joined and taken apart."""
