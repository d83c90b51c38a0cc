"""Rules of reports: pure Python, given the day."""
