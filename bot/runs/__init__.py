"""Backtests that a desk has done beside itself: one process at a time, stopped and gone with it."""
