"""Every write of reports."""
