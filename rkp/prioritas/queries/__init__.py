"""Reads about the ranking."""
