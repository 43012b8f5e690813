"""Pages of papers, one module a page."""
