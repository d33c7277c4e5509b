"""从 Excel 导入: a workbook or a copied range is looked at first, then comes in."""
