"""Reference data: words of a place, tables and their pages."""
