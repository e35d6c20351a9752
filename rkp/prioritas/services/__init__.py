"""Everything that changes a ranking."""
