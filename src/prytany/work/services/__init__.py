"""What happens to tasks and parts: the only writers of this app, one module a subject."""
