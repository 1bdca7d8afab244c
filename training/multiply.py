"""Make more articles to learn from, by giving other names to the persons, places and bodies of those there are.

    python -m training.multiply [FILE...] [--copies N] [--seed N] [-o FILE]

A name is given up for one of the same type and build from another article: Vietnamese for Vietnamese, foreign for
foreign, as many words, the same common nouns ("tỉnh Bình Định" for "tỉnh Lâm Đồng"), a state for a state. One thing has
one new name throughout its article, in its short forms as well. No label changes. What the gazetteer knows of persons
and bodies is left alone, neither renamed nor lent: nothing new is said of anyone real. The articles held out
for measuring are neither multiplied nor lend names. Equal input and seed, equal output; it goes to standard output, and is kept apart
from what people wrote.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from kg import gazetteer
from kg.gazetteer import Entry
from kg.nlp import people
from training import corpus, markup
from training.articles import Article, held_out
from training.corpus import Block

LANGUAGE = "vi"
TYPES = ("person", "place", "organization")
_QUOTED = re.compile(r'(\w+)="([^"]*)"')

Build = tuple[str, ...]
"""What names that may stand for each other have in common."""


@dataclass(frozen=True)
class Named:
    """A thing that an article names and that may get another name: its longest name, and all forms of it."""

    full: str
    forms: frozenset[str]
    build: Build

    def renamed(self, name: str) -> dict[str, str]:
        """Each form as it is taken from `name`, which has as many words."""
        old, new = self.full.split(), name.split()
        return {form: " ".join(new[slice(*_within(form.split(), old))]) for form in self.forms}


class Edit(NamedTuple):
    """Other words for those from `start` to `end`."""

    start: int
    end: int
    words: str


# --- which names may stand for each other ---------------------------------------------------------------------------


def build(kind: str, name: str) -> Build | None:
    """What a name must share with another to stand for it; None where it should be left alone."""
    entry = _known().get(name)
    if any(c.isdigit() for c in name) or (entry and kind != "place"):
        return None
    words = name.split()
    named = people.load(LANGUAGE)
    native = [named.native(word) for word in words]
    origin = "native" if all(native) else "mixed" if any(native) else "foreign"
    special = {
        "person": "family" if named.family(words[0]) else "",
        "place": entry.subtype if entry else "",
        "organization": words[0] if len(words) > 1 and native[0] else "",
    }
    return (kind, origin, special[kind], *(_shape(word, alone=len(words) == 1) for word in words))


def _shape(word: str, *, alone: bool) -> str:
    """Aa for a capitalised word, AA for a name in capitals; words within a name that are neither must be equal."""
    if word.isupper():
        return "AA" if alone else word
    return "Aa" if any(c.isupper() for c in word) else word


@cache
def _known() -> Mapping[str, Entry]:
    """The entries of the gazetteer by their names, the first of equal ones."""
    known: dict[str, Entry] = {}
    for entry in gazetteer.load(LANGUAGE).entries:
        for name in (entry.name, *entry.aliases):
            known.setdefault(name, entry)
    return known


def _within(part: Sequence[str], whole: Sequence[str]) -> tuple[int, int]:
    """Where the words of `part` stand in `whole`, the last place of several: given names come last. (-1, -1) if not."""
    starts = range(len(whole) - len(part), -1, -1)
    start = next((n for n in starts if list(whole[n : n + len(part)]) == list(part)), -1)
    return (start, start + len(part)) if start >= 0 else (-1, -1)


def things(article: Article) -> list[Named]:
    """What may get another name: all its names are parts of one, and name nothing else.

    "UBND tỉnh Kon Tum" beside "Kon Tum" is none of them: it changes with its province.
    """
    names: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    for mention in article["mentions"]:
        names[mention["entity"], mention["type"]].append(mention["text"])
        bearers[mention["text"]].add(mention["entity"])
    found = []
    for (_, kind), texts in names.items():
        full = max(texts, key=lambda text: len(text.split()))
        parts = all(_within(text.split(), full.split())[0] >= 0 for text in texts)
        alike = build(kind, full) if kind in TYPES and parts else None
        free = all(len(bearers[text]) == 1 for text in texts)
        if alike and free and not any(_contains(full, text) for text in bearers.keys() - set(texts)):
            found.append(Named(full, frozenset({full, *texts}), alike))
    return found


def _contains(name: str, other: str) -> bool:
    return len(other) < len(name) and _within(other.split(), name.split())[0] >= 0


def pool(articles: Iterable[Article]) -> dict[Build, list[str]]:
    """The names that articles lend, by build."""
    names: defaultdict[Build, set[str]] = defaultdict(set)
    for article in articles:
        for thing in things(article):
            names[thing.build].add(thing.full)
    return {alike: sorted(found) for alike, found in names.items()}


# --- another name throughout an article -----------------------------------------------------------------------------


def multiplied(block: Block, names: Mapping[Build, Sequence[str]], chance: random.Random) -> Block | None:
    """The article with other names, under its old id; None where no name can be given."""
    article, _ = corpus.article_of(block)
    text, marks, _ = markup.parse(block.body)
    swapped = _chosen(article, marks, names, chance)
    edits = _edits(text, swapped)
    if not edits:
        return None
    changed = _edited(text, edits)
    for mark in marks:
        mark["start"], mark["end"] = _moved(edits, mark["start"], mark["end"])
        mark["text"] = changed[mark["start"] : mark["end"]]

    def quoted(match: re.Match[str]) -> str:
        start = text.find(match[2]) if match[1] == "about" else -1
        words = _edited(match[2], _edits(match[2], swapped))
        if start >= 0:
            words = changed[slice(*_moved(edits, start, start + len(match[2])))]
        return f'{match[1]}="{words}"'

    lines = [_QUOTED.sub(quoted, line) for line in block.lines]
    return block._replace(body=markup.write(changed, marks), lines=lines)


def _chosen(
    article: Article, marks: Sequence[markup.Marked], names: Mapping[Build, Sequence[str]], chance: random.Random
) -> dict[str, str]:
    """The new form for each old one; nothing gets a name that already stands in the article."""
    edges = {mark[side] for mark in marks for side in ("start", "end")}
    taken = {mention["text"] for mention in article["mentions"]}
    swapped: dict[str, str] = {}
    for thing in things(article):
        if not _separable(thing, article, edges):
            continue
        lent = list(names.get(thing.build, ()))
        chance.shuffle(lent)
        for name in lent[:20]:
            forms = thing.renamed(name)
            if name not in article["text"] and taken.isdisjoint(forms.values()):
                swapped |= forms
                taken.update(forms.values())
                break
    return swapped


def _separable(thing: Named, article: Article, edges: set[int]) -> bool:
    """Whether every place of the thing's names can change: no markup inside, and single words only where marked."""
    own = {(m["start"], m["end"]) for m in article["mentions"] if m["text"] in thing.forms}
    places = _edits(article["text"], {form: form for form in thing.forms})
    covered = {(place.start, place.end) for place in places}
    return own <= covered and all(
        edges.isdisjoint(range(place.start + 1, place.end)) and (" " in place.words or (place.start, place.end) in own)
        for place in places
    )


def _edits(text: str, swapped: Mapping[str, str]) -> list[Edit]:
    """Where old names stand in a text, the longest first where several begin."""
    if not swapped:
        return []
    names = "|".join(re.escape(name) for name in sorted(swapped, key=lambda name: (-len(name), name)))
    return [Edit(*m.span(), swapped[m[0]]) for m in re.finditer(rf"(?<![\w-])(?:{names})(?![\w-])", text)]


def _edited(text: str, edits: Sequence[Edit]) -> str:
    out, at = [], 0
    for edit in edits:
        out += [text[at : edit.start], edit.words]
        at = edit.end
    return "".join([*out, text[at:]])


def _moved(edits: Sequence[Edit], start: int, end: int) -> tuple[int, int]:
    """Where a span lies after the edits; one that cuts through a name takes it in."""
    start = next((e.start for e in edits if e.start < start < e.end), start)
    end = next((e.end for e in edits if e.start < end < e.end), end)

    def shift(place: int) -> int:
        return place + sum(len(e.words) - (e.end - e.start) for e in edits if e.end <= place)

    return shift(start), shift(end)


# --- the command line -----------------------------------------------------------------------------------------------


def generate(blocks: Iterable[Block], *, copies: int, seed: int) -> Iterator[Block]:
    """Other versions of the articles, those held out left aside. Ids keep their number: "crime-007" as "x1-crime-007"."""
    read = ((block, corpus.article_of(block)[0]) for block in blocks)
    learned = [(block, article) for block, article in read if not held_out(article)]
    names = pool(article for _, article in learned)
    for copy in range(1, copies + 1):
        for block, _ in learned:
            chance = random.Random(f"{seed} {copy} {block.ident}")  # noqa: S311 - to choose names, not to keep secrets
            if other := multiplied(block, names, chance):
                yield other._replace(ident=f"x{copy}-{block.ident}")


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "files", nargs="*", type=Path, metavar="FILE", help="Vietnamese .news files, or folders of them"
    )
    parser.add_argument("--copies", type=int, default=1, help="versions of each article")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("-o", dest="output", type=Path, help="the .news file to write")
    given = parser.parse_args(arguments)
    files = given.files or [corpus.folder(LANGUAGE)]
    _, problems = corpus.read(files)
    if problems:
        print("\n".join(problems), file=sys.stderr)
        return 1
    blocks = [block for path in corpus.files(files) for block in corpus.read_blocks(path, problems)]
    text = "\n".join(corpus.written(block) for block in generate(blocks, copies=given.copies, seed=given.seed))
    if given.output:
        given.output.parent.mkdir(parents=True, exist_ok=True)
        given.output.write_text(text, encoding="utf-8")
    else:
        print(text, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
