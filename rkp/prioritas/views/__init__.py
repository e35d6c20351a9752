"""Pages of the ranking, by noun."""
