"""Excel workbooks: templates, filled ones, marked ones, ledgers."""
