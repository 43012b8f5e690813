"""Change acts: one decision that creates, renames, merges, splits, moves and abolishes units on one date."""
