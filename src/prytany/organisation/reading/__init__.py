"""What the pages of the organisation show, read in as few queries as the page allows."""
