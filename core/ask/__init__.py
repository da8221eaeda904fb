"""Questions in plain words, answered from the ledger by a model that can look but not touch."""
