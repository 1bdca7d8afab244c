"""Join what several documents say: entities, events, claims. Reads records, never text."""
