"""The opened data folder: its files, its computer, its keyring, its clock."""
