"""Excel workbooks: templates out, filled ones in."""
