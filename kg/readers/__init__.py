"""Readers: from files, folders and JSON lines to documents, one module for each input format."""

from __future__ import annotations

from kg.readers.articles import load, parse, read
from kg.readers.raw import Raw, Rejected

__all__ = ["Raw", "Rejected", "load", "parse", "read"]
