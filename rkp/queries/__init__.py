"""Reads about the RKP Kecamatan."""
