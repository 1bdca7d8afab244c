"""See whether the installation is sound, and whether a graph folder is what it was when it was written."""

from __future__ import annotations

from kg.checkup.check import Check
from kg.checkup.glance import graph
from kg.checkup.installation import installation
from kg.checkup.verifying import verify

__all__ = ["Check", "graph", "installation", "verify"]
