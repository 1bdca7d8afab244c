"""Small graphs about a mine, made up and written by hand, that tests compare and lay out in time."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from kg import log, rdf
from kg.edtf import to_time
from kg.model import (
    Claim,
    Document,
    Entity,
    Event,
    Extraction,
    Mention,
    Modality,
    Quantity,
    Question,
    Resolution,
    Span,
    content_hash,
)
from kg.store import write_graph

NOON = "Công an Bình An nói 12 công nhân thiệt mạng trong vụ sập mỏ Đá Bạc ngày 3/3. Bộ Công Thương sẽ thăm mỏ Đá Bạc."
EVENING = NOON.replace("12 công nhân", "15 công nhân").replace("sẽ thăm", "đã thăm")
OTHER = "Sở Y tế Bình An nói 12 công nhân thiệt mạng trong vụ sập mỏ Đá Bạc ngày 3/3."


def document(text: str, source: str = "mo-da-bac.txt", published: str | None = "2025-03-04") -> Document:
    raw = hashlib.sha256(text.encode()).hexdigest()
    return Document(source, text, "vi", published=published, raw_sha256=raw)


def place(article: Document, words: str) -> tuple[str, Span]:
    start = article.text.index(words)
    return article.id, article.span(start, start + len(words))


def entity(key: str, kind: str, vi: str, en: str, *members: tuple[Document, str], of: tuple[str, ...] = ()) -> Entity:
    return Entity(
        key,
        kind,  # type: ignore[arg-type]  # a type of mention, as the tests spell it
        (("en", en), ("vi", vi)),
        members=tuple((article.id, chain) for article, chain in members),
        belongs_to=of,
    )


def claim(kind: str, subject: str, *evidence: tuple[str, Span], by: tuple[str, ...] = (), modality: Modality = "asserted",
          number: str | None = None, said: str | None = None) -> Claim:  # fmt: skip
    """A claim whose key is a hash of its content, as in a build."""
    quantity = (
        Quantity(Decimal(number), measure="killed", unit="person", lower=Decimal(number), upper=Decimal(number))
        if number
        else None
    )
    return Claim(
        content_hash("claim", kind, subject, by, modality, number, said, *([evidence[0][1].text] if kind == "Statement" else [])),
        kind,
        subject=subject or None,
        attributed_to=by,
        modality=modality,
        said=to_time(said) if said else None,
        quantity=quantity,
        evidence=evidence,
        extractors=("frames/test",),
    )  # fmt: skip


@dataclass(frozen=True)
class Desk:
    """What one graph is made of; `write` makes its folder."""

    articles: tuple[Document, ...]
    entities: tuple[Entity, ...]
    claims: tuple[Claim, ...]
    events: tuple[Event, ...] = ()
    questions: tuple[Question, ...] = ()
    competing: tuple[tuple[str, str], ...] = ()

    def write(self, folder: Path) -> Path:
        resolution = Resolution(self.entities, self.events, self.questions, self.claims, competing=self.competing)
        extractions = [Extraction(article, tuple(self._mentions(article))) for article in self.articles]
        write_graph(
            folder,
            quads=rdf.quads(extractions, resolution),
            records=log.lines(extractions, resolution),
            articles=[article.text.encode() for article in self.articles],
            quarantine=[],
        )
        return folder

    def _mentions(self, article: Document) -> list[Mention]:
        return [
            Mention(article.id, place(article, chain)[1], found.type, chain)
            for found in self.entities
            for owner, chain in found.members
            if owner == article.id
        ]

    def with_claims(self, *claims: Claim) -> Desk:
        """The same with other claims."""
        return replace(self, claims=claims)


def mine(article: Document, *more: Document, number: str = "12") -> Desk:
    """The collapse of a mine as `article` tells it: who counts how many dead, and a visit to come."""
    everywhere = (article, *more)

    def named(words: str) -> list[tuple[Document, str]]:
        return [(one, words) for one in everywhere if words in one.text]

    entities = (
        entity("police", "organization", "Công an Bình An", "Binh An police", *named("Công an Bình An")),
        entity("health", "organization", "Sở Y tế Bình An", "Binh An health department", *named("Sở Y tế Bình An")),
        entity("ministry", "organization", "Bộ Công Thương", "Ministry of Industry", *named("Bộ Công Thương")),
        entity("pit", "facility", "mỏ Đá Bạc", "Da Bac mine", *named("mỏ Đá Bạc")),
        entity("miners", "group", "công nhân", "miners", *named("công nhân"), of=("pit",)),
    )
    visit = Event("visit", "Visit", (("concernsSite", ("pit",)), ("hasParticipant", ("ministry",))))
    collapse = Event(
        "collapse", "Accident", (("concernsSite", ("pit",)), ("victim", ("miners",))), time=to_time("2025-03-03")
    )
    dead = Question("dead", "killed", population="miners", place="pit", event="collapse", unit="person")
    planned: Modality = "planned" if "sẽ thăm" in article.text else "asserted"
    words = f"{number} công nhân thiệt mạng"
    return Desk(
        articles=everywhere,
        entities=entities,
        events=(collapse, visit),
        questions=(dead,),
        claims=(
            claim("QuantityClaim", "dead", place(article, words), by=("police",), number=number),
            claim("EventClaim", "collapse", place(article, "vụ sập mỏ Đá Bạc"), by=("police",)),
            claim("EventClaim", "visit", place(article, article.text[article.text.index("Bộ Công") : -1]), modality=planned),
        ),
    )  # fmt: skip
