"""Write the page about the ontology: `python -m docs.ontology build/ontology.html`."""

from __future__ import annotations

import sys
from pathlib import Path

from docs.ontology import page
from kg.vocabulary import Vocabulary

if __name__ == "__main__":
    out = Path(sys.argv[1])
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(page.render(Vocabulary.load()), encoding="utf-8")
