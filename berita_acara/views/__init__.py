"""Pages of the documents, by noun."""
