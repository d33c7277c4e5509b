"""The third card: 经过, 历史."""
