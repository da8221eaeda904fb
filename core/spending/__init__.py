"""What models may cost: the caps, the ladder below them, and what has been spent."""
