"""Everything a version is given out with: see `release.sh`, and `complete.py` for the papers."""
