"""Writes of the core: background jobs, stored files."""
