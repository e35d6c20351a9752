"""The engine of the ranking: pure Python, exact fractions, no database. ``published.compute`` is the way in."""
