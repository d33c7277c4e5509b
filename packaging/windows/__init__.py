"""The set-up for Windows: see `build.sh`, and `make_setup.py` for what it does in order."""
