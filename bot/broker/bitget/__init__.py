"""Orders and accounts at Bitget: USDT perpetuals with isolated margin."""
