"""Forms of the RKP."""
