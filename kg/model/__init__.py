"""What may be said (the vocabulary) and what is said (entities, sources and their statements)."""
