"""A market to look at: candles, lines to turn on and off, and the numbers behind them."""
