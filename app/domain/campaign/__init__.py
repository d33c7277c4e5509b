"""What the figures of a campaign (活动) are made of: coverage, overlap, dues, totals."""
