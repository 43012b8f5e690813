"""Backup and restore: database and files as one consistent set, in one file that either database can take in."""
