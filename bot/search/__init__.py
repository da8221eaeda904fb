"""The search for better parameters: many backtests on all cores, or on many machines at once."""
