"""What would the models of a profile cost in a month? From the real prompts and the price table."""
