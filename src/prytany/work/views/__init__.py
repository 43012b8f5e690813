"""Pages of the core loop, one module a page."""
