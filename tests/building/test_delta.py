"""A store that is brought up to date holds what mapping the whole resolution gives."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache

import pyoxigraph as ox
import pytest

from kg import extractors, rdf
from kg.building.delta import renew
from kg.building.relinking import relink
from kg.building.stages import resolve
from kg.linking import Linker, Shelf
from kg.model import Document, Extraction
from kg.resolving import Resolver
from kg.tables import MemoryTables
from tests.pairs.reading import load

pytestmark = pytest.mark.slow

DEVELOPMENT = ["01", "02", "03", "04", "05"]
SAME_WORDS = (
    "Theo Bộ Quốc phòng Lào, 12 binh sĩ đã thiệt mạng trong vụ lở đất ở tỉnh Xekong hôm 3/5 và 40 người được sơ tán."
)
MORE = {
    "first.txt": f" date 2025-05-04 {SAME_WORDS} Moscow hỗ trợ Lào khắc phục hậu quả.",
    "copy.txt": f"{SAME_WORDS} Bà Hồ Thị Lụa đến thăm các gia đình hôm 5/5.",
    "other.txt": " date 2025-05-06 Quân đội Lào cho biết 30 binh sĩ đã thiệt mạng trong vụ lở đất ở tỉnh Xekong hôm 3/5.",
    "later.txt": " date 2025-06-02 Vụ lở đất ở tỉnh Xekong hôm 3/5 làm khoảng 30 binh sĩ thiệt mạng. Tư lệnh Khăm Phon chưa bình luận.",
}


@cache
def articles() -> Sequence[Extraction]:
    """Articles in two languages that share people, places, passages and disagreements."""
    texts = {
        pair.source(code): (text, code) for pair in load(names=DEVELOPMENT) for code, text in pair.texts.items()
    } | {name: (text, "vi") for name, text in MORE.items()}
    read = {code: extractors.pipeline(code) for code in ("vi", "en")}
    return [read[code](Document(name, text, code)) for name, (text, code) in sorted(texts.items())]


@pytest.mark.parametrize("seed", range(3))
def test_any_row_of_changes_gives_the_whole_graph(seed: int) -> None:
    choice = random.Random(seed)  # noqa: S311 - it chooses test cases
    resolver, store = Resolver(), ox.Store()
    linker = Linker(MemoryTables(), Shelf.open())
    held: dict[str, Extraction] = {}
    for size in (2, 5, 1, 3, 6):
        added = [e for e in choice.sample(articles(), size) if e.document.id not in held]
        removed = [held.pop(key) for key in choice.sample(sorted(held), min(len(held), size // 2))]
        held |= {e.document.id: e for e in added}
        before = set(store)
        changed = resolver.update(added, removed)
        relinked = relink(linker, resolver, changed, held.get)
        delta = renew(store, resolver, changed, held.get, (linker, relinked))
        present = sorted(held.values(), key=lambda e: e.document.source)
        whole = ox.Store()
        resolution = resolve(present)
        whole.extend(rdf.quads(present, resolution))
        assert set(store) == set(whole)
        assert [link for _, link in linker.table.items()] == list(resolution.links)
        assert delta.added == set(store) - before
        assert delta.gone == before - set(store)
