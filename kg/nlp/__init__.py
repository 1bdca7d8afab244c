"""Annotate text: tokens, sentences, names, times, quantities, quotes."""
