"""What the pages are built from: buttons with their keys, cards, chips, messages."""
