"""Pages that were scanned or photographed after signing, told by the code printed on them."""
