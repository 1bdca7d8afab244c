"""Build a reference from a description without a person's name: people, and holders of an office."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extractors.statements.grammar import Grammar
from kg.extractors.statements.phrase_text import Name, Text
from kg.extractors.statements.reading import Reference, Title


def group_chain(
    grammar: Grammar, nouns: Sequence[str], owners: Sequence[str], *, joined: bool = False, fallen: bool = False
) -> str:
    """What a group is called: its nouns and whom it belongs to, in the order of the language."""
    name = (f" {grammar.joiner} " if joined else " ").join(dict.fromkeys(nouns))
    belonging = [grammar.owned, *owners] if grammar.owned and owners else list(owners)
    return " ".join([name, *belonging, *([grammar.fallen_suffix] if fallen else [])])


def described(
    text: Text,
    start: int,
    end: int,
    *,
    titles: Sequence[Title],
    nouns: Sequence[str],
    category: str,
    plural: bool,
    joined: bool,
    owners: Sequence[Name],
    dead: bool,
) -> Reference:
    """A description without a person's name: a group, or an office to be resolved from elsewhere.

    `dead` when the words say that those of the group died.
    """
    of = tuple(owner.chain for owner in owners)
    of_type = owners[0].type if owners else ""
    if titles and len(of) > 1:
        return Reference(start, end, of, "place", "nominal", plural=True, titles=tuple(titles), of=of)
    if nouns and of_type == "unit":  # soldiers of a regiment acting are the regiment acting
        return Reference(start, end, of, "unit", "nominal", category=category, plural=True, of=of, of_type=of_type)
    if nouns or plural:
        called = nouns or [titles[-1].words.lower()]
        whose = [owner.called or owner.chain for owner in owners]
        all_ = group_chain(text.grammar, called, whose, joined=joined)
        fallen = group_chain(text.grammar, called, whose, joined=joined, fallen=True) if dead else ""
        counted = (start - 1) in text.numbers  # "101 binh sĩ tử trận" counts the dead among all
        chain = all_ if counted or not fallen else fallen
        category = category or "official"
        if counted and not of:
            chain = text.grammar.general.get(category, chain)
        return Reference(
            start,
            end,
            (chain,),
            "group",
            "nominal",
            category=category,
            noun=" ".join(nouns),
            plural=True,
            of=of,
            of_type=of_type,
            titles=tuple(titles),
            pointer="" if of else "group",
            fallen=fallen,
        )
    return Reference(
        start, end, (), "person", "nominal", titles=tuple(titles), of=of, of_type=of_type, pointer="office"
    )
