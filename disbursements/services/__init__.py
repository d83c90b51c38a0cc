"""Every write of payouts."""
