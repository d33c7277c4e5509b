"""考评: figures that points follow, scores, appeals, places, 定稿 and the 通报."""
