"""Reads of payouts, as pages and services want them."""
