"""The few codes of a refusal that the desk answers with something of its own."""

REDUCE_ONLY = "reduce_only"
"""There is nothing to reduce, or other orders have laid claim to it."""

STOP_PASSED = "stop_passed"
"""The price is past the stop already: that is a stop that was hit."""

GUARDED = "guarded"
"""The venue has no stops."""
