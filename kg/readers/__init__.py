"""Readers: one module for each input format."""
