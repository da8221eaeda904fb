"""In which market and time a desk lives: a record that is played, or venues as they are."""
