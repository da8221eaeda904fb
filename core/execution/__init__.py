"""From a yes to orders, and from fills back to the ledger; the same path after a restart."""
