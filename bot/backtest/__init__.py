"""Backtests at the console: from what was asked to figures, files and an exit code."""
