"""Reads about what follows the day."""
