"""Real accounts: orders and what became of them, at venues that ccxt can speak to."""
