"""What a search found, in words and tables; console, page and chat show the same."""
