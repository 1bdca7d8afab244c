"""Generated news as a graph of any size: articles, mentions, entities and claims shaped as those of a build, and always the same.

`python -m benchmarks.news out/news --articles 20000` writes a graph folder of about a million quads.
"""

from __future__ import annotations

import argparse
import hashlib
import random
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg import ns, store
from kg.rdf import iris

FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý")
GIVEN = ("An", "Bình", "Châu", "Dũng", "Hà", "Hùng", "Lan", "Minh", "Nam", "Phúc", "Quân", "Sơn", "Thảo", "Tuấn", "Yến")
PLACES = ("Đồng Tháp", "An Giang", "Cần Thơ", "Hà Nội", "Huế", "Đà Nẵng", "Quảng Trị", "Nghệ An", "Lào Cai", "Cà Mau")
PER_ARTICLE = 5
_ENTITIES_PER_ARTICLE = 4  # so many articles for each new entity


def quads(articles: int) -> Iterator[ox.Quad]:
    """The quads of `articles` articles; about 50 for each."""
    chance = random.Random(2026)  # noqa: S311 - the same graph each time, no secret
    resolved = iris.resolved_graph()
    entities = [iris.node("entity", f"e{number}") for number in range(max(articles // _ENTITIES_PER_ARTICLE, 40))]
    labels = []
    for number, entity in enumerate(entities):
        kind, label = _entity(chance, number)
        labels.append(label)
        yield from _typed(entity, kind, label, resolved)
    for number in range(articles):
        document = hashlib.sha256(str(number).encode()).hexdigest()
        yield from _article(chance, number, document, entities, labels)


def _entity(chance: random.Random, number: int) -> tuple[ox.NamedNode, str]:
    if number % 10 == 0:
        return ns.Place, f"{chance.choice(PLACES)} {number}"
    name = f"{chance.choice(FAMILIES)} {chance.choice(GIVEN)} {chance.choice(GIVEN)} {number}"
    return (ns.Organization, f"Công ty {name}") if number % 3 == 0 else (ns.Person, name)


def _typed(node: ox.NamedNode, kind: ox.NamedNode, label: str, graph: ox.NamedNode) -> Iterator[ox.Quad]:
    yield ox.Quad(node, ns.rdf_type, kind, graph)
    yield ox.Quad(node, ns.rdf_type, ns.owl_NamedIndividual, graph)
    yield ox.Quad(node, ns.rdfs_label, ox.Literal(label, language="vi"), graph)


def _article(
    chance: random.Random, number: int, document: str, entities: list[ox.NamedNode], labels: list[str]
) -> Iterator[ox.Quad]:
    graph, article = iris.article_graph(document), iris.article(document)
    source = f"{number:06}.txt"
    yield from _typed(article, ns.Article, f"Bài báo: {source}", graph)
    yield ox.Quad(article, ns.language, ox.Literal("vi"), graph)
    yield ox.Quad(article, ns.sha256, ox.Literal(document), graph)
    yield ox.Quad(article, ns.sourceName, ox.Literal(source), graph)
    day = iris.time(f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}")
    yield ox.Quad(article, ns.hasTime, day, graph)
    for place in range(PER_ARTICLE):
        start = 80 * place
        which = int(len(entities) * chance.random() ** 2)  # some are in many articles, most in few
        span = ox.NamedNode(f"{article.value}/chars/{start}-{start + len(labels[which])}")
        yield from _typed(span, ns.Mention, f"{source}:{start}", graph)
        yield ox.Quad(span, ns.denotes, entities[which], graph)
        yield ox.Quad(span, ns.exact, ox.Literal(labels[which]), graph)
        yield ox.Quad(span, ns.inDocument, article, graph)
        yield ox.Quad(span, ns.start, ox.Literal(start), graph)
        claim = iris.node("claim", f"{document[:16]}-{place}")
        yield ox.Quad(claim, ns.hasEvidence, span, graph)


def main() -> None:
    """Write a graph folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--articles", type=int, default=20_000)
    given = parser.parse_args()
    manifest = store.write_graph(given.graph, quads=quads(given.articles), records=[])
    print(f"{manifest['quads']:,} quads, {manifest['triples']:,} triples in {given.graph}")


if __name__ == "__main__":
    main()
