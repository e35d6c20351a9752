"""Pages of proposals, by noun."""
