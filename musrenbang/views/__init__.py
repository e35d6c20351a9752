"""Views of the base app."""
