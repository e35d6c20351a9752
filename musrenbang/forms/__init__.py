"""Forms of the base app."""
