"""Keeping score: what the market answered, how good each voice was, and how far to believe it."""
