"""Everything that changes what follows the day."""
