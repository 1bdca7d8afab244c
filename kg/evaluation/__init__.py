"""Score what a graph holds against annotations that people made."""

from __future__ import annotations

from kg.evaluation.fields import AnnotationError
from kg.evaluation.figures import Figure, Miss
from kg.evaluation.gold import Article
from kg.evaluation.reading import read_gold
from kg.evaluation.records import Records, graph_records, read_records
from kg.evaluation.scoring import Evaluation, evaluate

__all__ = [
    "AnnotationError", "Article", "Evaluation", "Figure", "Miss", "Records", "evaluate", "graph_records", "read_gold", "read_records",
]  # fmt: skip
