"""What strangers publish: cleaned, dated, matched to coins, told once, and read."""
