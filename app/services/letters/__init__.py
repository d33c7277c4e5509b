"""总结报告 and 综合调研报告: a skeleton of figures, tables and chosen records, as a letter."""
