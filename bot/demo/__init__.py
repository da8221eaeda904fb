"""The demo desk: a market, a Telegram and a person, all on this machine."""
