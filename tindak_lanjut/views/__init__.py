"""Pages of what follows the day."""
