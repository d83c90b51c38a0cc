"""States and kinds of reports, emulation and targets, part by part: import them from their module."""
