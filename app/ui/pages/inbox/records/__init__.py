"""What came record by record: read, 通过, 退回, 更正."""
