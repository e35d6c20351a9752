"""Forms of the ranking."""
