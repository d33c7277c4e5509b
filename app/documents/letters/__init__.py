"""Official letters and reports by GB/T 9704-2012: what stands in them, as a PDF and for WPS."""
