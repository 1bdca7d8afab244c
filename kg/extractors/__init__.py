"""Conclude records from annotated text: one module for each kind of extractor."""
