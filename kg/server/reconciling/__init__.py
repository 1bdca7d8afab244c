"""The reconciliation service: match names of tables elsewhere with the entities of the graph."""
