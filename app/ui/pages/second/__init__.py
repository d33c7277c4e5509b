"""二次录入: a sample of paper is keyed again by another operator, and compared."""
