"""The serve floor: the graph as a SPARQL 1.1 Protocol endpoint, for any program that speaks it."""
