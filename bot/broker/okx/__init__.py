"""Orders and accounts at OKX: perpetual swaps with isolated margin. Sizes are contracts there."""
