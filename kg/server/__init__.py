"""Answer SPARQL over HTTP, read-only."""
