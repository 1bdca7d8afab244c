"""Wikidata items for linking: packs of them, read and made without the network."""
