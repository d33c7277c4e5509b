"""备份与恢复, and whether the data folder is whole."""
