"""The pages, one file or folder each."""
