"""Venues through ccxt: one adapter family, a table of what differs, and no venue's name elsewhere."""
