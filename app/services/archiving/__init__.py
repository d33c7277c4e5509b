"""年度归档 (备查, R53): what a campaign left on paper, in one PDF and a folder, for without us."""
