"""Join the stages: articles in, a validated graph out.

The package is not called `build` because `kg.build` is the function that it provides.
"""

from __future__ import annotations

from kg.building.duplicates import Duplicate
from kg.building.report import BuildReport
from kg.building.run import build
from kg.building.stages import Stages

__all__ = ["BuildReport", "Duplicate", "Stages", "build"]
