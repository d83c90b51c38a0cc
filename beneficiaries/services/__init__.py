"""Writes: people, their papers and accounts, and the lists they come from."""
