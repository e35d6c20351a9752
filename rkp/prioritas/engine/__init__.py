"""The engine of the ranking: pure Python, exact fractions, no database. ``mesin.compute`` is its door."""
