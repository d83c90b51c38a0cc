"""The demo province: invented people with plausible work, so that every desk has something on it. For DEMO=1 only."""
