"""收到的文件: what came, its preview, 汇总 and 回执."""
