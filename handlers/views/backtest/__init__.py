"""A finished backtest in words, numbers and a picture; console, page and chat show the same."""
