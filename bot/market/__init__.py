"""Markets that need no network: recorded in files or made from a seed, and the clocks they keep."""
