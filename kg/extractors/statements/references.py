"""Read an annotated document: its references, times, numbers and words, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from spacy.tokens import Doc
from spacy.tokens import Span as Tokens

from kg import gazetteer
from kg.extractors.statements import grammar as grammars
from kg.extractors.statements import noun_phrases, owner_first, verb_subjects
from kg.extractors.statements.discourse import Discourse
from kg.extractors.statements.phrase_text import Name, Text
from kg.extractors.statements.reading import Item, Reading, Reference, Sentence, Title, Trigger
from kg.gazetteer import Gazetteer
from kg.model import MentionType
from kg.nlp import sentences
from kg.nlp.phrases import Syllable
from kg.nlp.texts import texts

_STATE = "State"
_POINTERS = {
    "pronouns:person": "person",
    "pronouns:group": "group",
    "pronouns:thing": "thing",
    "pronouns:place": "place",
    "pronouns:state": "state",
    "pronouns:body": "body",
    "pronouns:pair": "pair",
    "pronouns:pair_of_places": "pair of places",
    "agreements:nouns": "agreement",
}


def read(doc: Doc) -> Reading:
    """The document as references, times, numbers and words, sentence by sentence, pointers resolved."""
    document = doc.user_data["document"]
    parts = {i for span in doc.spans.get("words", ()) for i in range(span.start, span.end)}
    words = tuple(Syllable.of(text, part=i in parts) for i, text in enumerate(texts(doc)))
    credited = {t.i for span in doc.spans.get("credits", ()) for t in span} | {
        t.i for span in doc.spans.get("header", ()) for t in span
    }
    names = {name.start: name for name in _outermost(doc, credited)}
    types = {name.chain: name.type for name in names.values()}
    for name in names.values():
        types.update({inner.chain: inner.type for inner in name.inner if inner.chain not in types})
    text = Text(
        words=words,
        grammar=grammars.load(document.language),
        names=names,
        titles=_titles(doc),
        numbers=frozenset(span.end - 1 for span in doc.spans.get("quantities", ())),
    )
    inflected = text.grammar.inflection is not None
    subjects = verb_subjects.find(text) if inflected else verb_subjects.VerbSubjects()
    text = replace(text, speakers=subjects.speakers)
    raw = tuple(_sentences(doc, text, credited))
    states = frozenset(chain for chain, kind in doc.user_data["subtypes"].items() if kind == _STATE)
    resolved = Discourse(text.grammar, types, words=words, states=states).resolve(raw)
    offsets = tuple((int(start), int(start + length)) for start, length in doc.to_array(["IDX", "LENGTH"]))
    listed = frozenset(span.id_ for span in doc.spans.get("names", ()) if span.kb_id_)
    return Reading(document, resolved, words, offsets, types, tuple(_triggers(doc)), listed, subjects.of)


def _triggers(doc: Doc) -> Iterator[Trigger]:
    spans = doc.spans.get("triggers", ())
    for span, chance in zip(spans, doc.user_data.get("trigger_chances", ()), strict=True):
        yield Trigger(span.start, span.end, span.label_, chance)


def _outermost(doc: Doc, credited: set[int]) -> Iterator[Name]:
    """The names outside credits that stand in no longer one, each with those inside it."""
    outer: list[Tokens] = []
    inner: list[list[Name]] = []
    for span in sorted(doc.spans.get("names", ()), key=lambda s: (s.start, -s.end)):
        if any(i in credited for i in range(span.start, span.end)):
            continue
        if outer and span.start < outer[-1].end:
            if span.end <= outer[-1].end:
                inner[-1].append(_name(span))
            continue
        outer.append(span)
        inner.append([])
    known = gazetteer.load(str(outer[0].doc.lang_)) if outer else None
    for span, names in zip(outer, inner, strict=True):
        name = replace(_name(span), inner=tuple(names))
        yield _called(name, span, known) if known and known.written else name


def _called(name: Name, span: Tokens, known: Gazetteer) -> Name:
    """The name with how groups call what it stands for, which a form such as "Russian" does not say."""
    written = known.written.get(span.kb_id_, ())
    return replace(name, called=written[0] if written else "", adjective=span.text in known.adjectives)


def _name(span: Tokens) -> Name:
    mention_type: MentionType = span.label_ or "untyped"  # type: ignore[assignment]  # the names annotator's contract
    return Name(
        span.start,
        span.end,
        mention_type,
        span.id_ or span.text,
        media=span.doc.user_data.get("media", {}).get(span.id_, False),
    )


def _titles(doc: Doc) -> dict[int, Title]:
    leading = doc.user_data["leaders"]
    return {
        span.start: Title(span.start, span.end, span.text, span.label_, span.id_, span.id_ in leading)
        for span in doc.spans.get("titles", ())
    }


def _sentences(doc: Doc, text: Text, credited: set[int]) -> Iterator[Sentence]:
    times = {
        s.start: (s.end, t) for s, t in zip(doc.spans.get("times", ()), doc.user_data.get("times", ()), strict=True)
    }
    numbers = {
        s.start: (s.end, q)
        for s, q in zip(doc.spans.get("quantities", ()), doc.user_data.get("quantities", ()), strict=True)
    }
    quotes = tuple((span.start, span.end) for span in doc.spans.get("quotes", ()))
    for index, (start, end) in enumerate(sentences.parts(doc)):
        items = tuple(_items(text, start, end, times, numbers, credited))
        within = tuple((s, e) for s, e in quotes if s < end and e > start)
        yield Sentence(index, start, end, items, within)


def _items(
    text: Text,
    start: int,
    end: int,
    times: Mapping[int, tuple[int, object]],
    numbers: Mapping[int, tuple[int, object]],
    credited: set[int],
) -> Iterator[Item]:
    position = start
    while position < end:
        if position in credited or not text.words[position].strip():
            position += 1
            continue
        after, kinds = text.kinds(position)
        pointing = not kinds.isdisjoint(_POINTERS)
        if pointing and (pair := _pair(text, position)):
            stop = pair.end
            yield Item("reference", position, stop, reference=pair)
        elif position not in text.names and position in times:
            stop, time = times[position]
            yield Item("time", position, stop, time=time, duration=time.edtf.startswith("P"))  # type: ignore[arg-type,attr-defined]
        elif position not in text.names and position in numbers:
            stop, quantity = numbers[position]
            yield Item("quantity", position, stop, quantity=quantity)  # type: ignore[arg-type]
        elif reference := _reference(text, position) or (_pointer(text, position) if pointing else None):
            stop = reference.end
            yield Item("reference", position, stop, reference=reference)
        else:
            stop = after
            yield Item("word", position, stop, kinds=kinds)
        position = max(stop, position + 1)


def _pointer(text: Text, position: int) -> Reference | None:
    """A word that only points back, such as "họ" or "hiệp ước"."""
    stop, kinds = text.kinds(position)
    pointer = next((p for kind, p in _POINTERS.items() if kind in kinds), "")
    if not pointer:
        return None
    after, behind = text.kinds(stop) if stop < len(text.words) else (stop, frozenset[str]())
    owner = pointer == "body" and "possessive" in behind  # "the agency's director"
    owning = owner or "owning" in kinds
    return Reference(position, after if owner else stop, (), "untyped", "pronoun", pointer=pointer, owning=owning)


def _reference(text: Text, position: int) -> Reference | None:
    """The reference that begins at `position`, in the order that noun phrases have in the language."""
    build = noun_phrases.reference_at if text.grammar.inflection is None else owner_first.reference_at
    return build(text, position)


def _pair(text: Text, position: int) -> Reference | None:
    """A pair, looked for before numbers and descriptions, which would take "hai nhà lãnh đạo" for some leader."""
    reference = _pointer(text, position)
    return reference if reference and reference.pointer.startswith("pair") else None
