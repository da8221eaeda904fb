"""Alerts: what can be measured, how a wish becomes one, and when it rings."""
