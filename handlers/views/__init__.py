"""From a value of the desk to what a person reads. No I/O, no decisions."""
