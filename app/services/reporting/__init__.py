"""报送: the five steps from 逻辑检查 to the receipt, and the papers of it."""
