"""Orders and accounts at Bybit: linear perpetuals of a unified account."""
