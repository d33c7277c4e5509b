"""导出: a list taken along as a workbook or a PDF."""
