"""Orders and accounts at Upbit: spot for won. A position is a balance, and no stop waits there."""
