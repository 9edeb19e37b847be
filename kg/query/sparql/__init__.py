"""A SPARQL query as a tree: read from its text, walked, and edited where it stands."""
