"""Units, posts, people and accounts from one workbook, and back out into the same workbook."""
