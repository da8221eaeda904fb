"""Markets that are alive: candles and prices kept whole while venues stall, repeat and forget."""
