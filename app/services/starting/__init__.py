"""The first start: a data folder is set up."""
