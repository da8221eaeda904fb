"""The accounts of a desk: each with a broker, an engine and a watch of its own, in one market."""
