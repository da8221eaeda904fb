"""The desk's face in Telegram: one module for each thing that a person does."""
