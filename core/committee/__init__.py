"""The committee: one question, many voices, one decision."""
