"""Hears what strangers publish: fetched with care, read in a process of its own, kept as facts."""
