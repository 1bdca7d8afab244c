"""Exporters: one module for each output format."""
