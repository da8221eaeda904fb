"""Would this desk have earned anything? The same judgement over recorded candles, as fast as it goes."""
