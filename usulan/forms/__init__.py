"""Forms for proposals and their import."""
