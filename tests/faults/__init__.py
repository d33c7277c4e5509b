"""The campaign of faults: damaged packages, killed programs, failing disks, power cuts.

`make faults` runs all of it and writes build/faults.md; a short part of each kind is a test
(test_faults.py).
"""
