"""Lives on virtual time: thousands of seeded runs in which everything goes wrong that may."""
