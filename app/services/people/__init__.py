"""Who works here (经办人), and how they come in again after a forgotten passphrase."""
