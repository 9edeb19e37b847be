"""The knowledge as RDF, the ontology and shapes made from the vocabulary, and the networkx projection."""
