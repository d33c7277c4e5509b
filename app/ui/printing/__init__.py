"""What goes on paper: pages to look at, and the panel that prints them."""
