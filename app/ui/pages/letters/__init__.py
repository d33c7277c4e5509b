"""起草报告: 总结报告 and 综合调研报告, begun from the records."""
