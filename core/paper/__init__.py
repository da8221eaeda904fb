"""Trading on paper: a broker that fills orders from real prices and keeps invented money."""
