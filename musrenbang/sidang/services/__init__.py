"""Everything that changes in the hall."""
