"""What happens to papers: the only writers of this app's tables, one module a subject."""
