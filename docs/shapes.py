"""Write shapes/README.md: which shapes each class of the ontology is held to, and what the severities mean."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from rdflib.namespace import SH

from kg import resources
from kg.validation import shapes
from kg.vocabulary import NAMESPACE, Vocabulary

TARGET = Path(__file__).parents[1] / "shapes" / "README.md"
HEAD = """# Shapes

What a graph of news must look like, in SHACL. `kg validate` runs them; `tests/shapes/` has a good and a bad example of each
constraint. A shape of a class holds for the classes below it too. Written by `make docs`: do not edit.

| severity | means |
| --- | --- |
| Violation | Corrupt, whatever articles say: a program or an edit is at fault, and such a graph is not built. |
| Warning | Doubtful: it can be so, but somebody should look, as the text or the reading of it is probably wrong. |
| Info | A gap: nobody says it, or it was not understood. Nothing is wrong. |

The members of closed lists (measures, modalities, exactness, units, verdicts, branches, echelons) stand in the ontology, not in a graph. They
have no shapes of their own: that a value is one of the list is checked where the list is used.

| class | shapes of its own | and those of |
| --- | --- | --- |
"""


def table(vocabulary: Vocabulary) -> str:
    """The page, with a row for each class."""
    found = shapes.read(resources.shapes())
    own: dict[str, list[str]] = defaultdict(list)
    for shape, target in found.subject_objects(SH.targetClass):
        severity = found.value(shape, SH.severity) or SH.Violation
        mark = {str(SH.Warning): " (warning)", str(SH.Info): " (info)"}.get(str(severity), "")
        own[str(target).removeprefix(NAMESPACE)].append(f"`{str(shape).removeprefix(shapes.SHAPES)}`{mark}")
    rows = []
    for name in vocabulary.classes():
        above = sorted(vocabulary.above(name) & set(own) - {name})
        if own[name] or above:
            rows.append(f"| {name} | {', '.join(sorted(own[name]))} | {', '.join(above)} |")
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    TARGET.write_text(table(Vocabulary.load()), encoding="utf-8")
