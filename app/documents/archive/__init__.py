"""年度归档 on paper: parts joined to one file with running page numbers, 封面, 卷内目录, scans."""
