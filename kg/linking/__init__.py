"""Link entities to items elsewhere, as judgements that can be undone."""
