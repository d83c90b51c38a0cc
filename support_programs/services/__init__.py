"""Every write of programmes, cases, lists and decisions."""
