"""The engine floor: answers SPARQL, and nothing else does."""
