"""报送: five steps from 逻辑检查 to the answer of the office above."""
