"""Language models as analysts: which there are, and how each provider is asked."""
