"""Files for a browser: whole in themselves, without a script and without anything from outside."""
