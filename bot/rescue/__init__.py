"""What works over SSH with the desk dead or alive: panic and status, without Telegram or models."""
