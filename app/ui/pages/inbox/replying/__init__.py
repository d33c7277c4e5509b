"""诉求答复: what offices below ask this office to help with, and the answer."""
