"""How good everybody is: voices, the verifier, and the person who answers."""
