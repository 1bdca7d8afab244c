"""Join the stages: articles in, a validated graph out; add articles to it, retract some, merge graphs.

The package is not called `build` because `kg.build` is the function that it provides.
"""

from __future__ import annotations

from kg.building.changing import add, merge, retract
from kg.building.duplicates import Duplicate
from kg.building.report import BuildReport, ChangeReport
from kg.building.run import build
from kg.building.stages import Stages

__all__ = ["BuildReport", "ChangeReport", "Duplicate", "Stages", "add", "build", "merge", "retract"]
