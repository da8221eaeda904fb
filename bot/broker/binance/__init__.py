"""Orders and accounts at Binance's USDⓈ-M futures."""
