"""Say edits, what stands against them and what is not taken, in English or Vietnamese."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg import ns
from kg.editing.differing import Note
from kg.editing.model import Conflict, Edit, Name
from kg.rdf.wording import Language
from kg.vocabulary import NAMESPACE, Vocabulary

_CLASSES = (ns.rdf_type, ns.rdfs_subClassOf)


@cache
def _texts() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "texts.toml").read_text(encoding="utf-8"))


class Wording:
    """The words of one language, and what the ontology calls its terms in it."""

    def __init__(self, language: Language, vocabulary: Vocabulary) -> None:
        self._language = language
        self._vocabulary = vocabulary
        self._texts = _texts()[language]

    def label(self, edit: Edit) -> str:
        """Such as "Edit: renamed “Tiểu đoàn 17”: Tiểu đoàn 17 → Tiểu đoàn Công binh 17"."""
        return str(self._texts["label"].format(sentence=self.sentence(edit)))

    def sentence(self, edit: Edit) -> str:
        """What was changed."""
        named = [self._quoted(edit, iri) for iri in edit.subjects]
        first = (edit.withdraws or edit.states)[:1]
        template: str = self._texts["kind"][edit.kind]
        return template.format(
            what=named[0],
            other=named[-1],
            property=self._term(first[0].predicate, edit) if first else "",
            change=self._change(edit),
            facts=self._list(self._fact(edit, t) for t in edit.states or edit.withdraws),
        )

    def conflict(self, found: Conflict) -> str:
        """What stands against an edit, and whether it is in force."""
        messages = [text for language, text in found.messages if language == self._language]
        text = self._texts["conflict"][found.reason].format(words=self._list([*messages, *found.words]))
        return f"{text}; {self._texts['force']['yes' if found.in_force else 'no']}"

    def note(self, note: Note) -> str:
        """What of a file is not taken."""
        return str(self._texts["note"][note.kind].format(about=note.about))

    def _change(self, edit: Edit) -> str:
        if edit.introduces:
            classes = [
                t
                for t in edit.states
                if t.predicate in _CLASSES and t.object not in (ns.owl_NamedIndividual, ns.owl_Class)
            ]
            return self._list(self._term(t.object, edit) for t in classes) or str(self._texts["thing"])
        before, after = (self._values(edit, triples) for triples in (edit.withdraws, edit.states))
        return str(self._texts["from_to"].format(before=before, after=after))

    def _values(self, edit: Edit, triples: Iterable[ox.Triple]) -> str:
        return self._list(self._term(t.object, edit) for t in triples) or str(self._texts["nothing"])

    def _fact(self, edit: Edit, triple: ox.Triple) -> str:
        parts = {"subject": triple.subject, "property": triple.predicate, "value": triple.object}
        return str(self._texts["fact"].format(**{name: self._term(term, edit) for name, term in parts.items()}))

    def _list(self, texts: Iterable[str]) -> str:
        return str(self._texts["between"].join(dict.fromkeys(texts)))

    def _quoted(self, edit: Edit, iri: str) -> str:
        return f"“{self._term(ox.NamedNode(iri), edit)}”"

    def _term(self, term: object, edit: Edit) -> str:
        if isinstance(term, ox.Literal):
            return f"{term.value} ({term.language})" if term.language else term.value
        if not isinstance(term, ox.NamedNode):
            return str(term)
        return self._own(term) or self._called(edit, term.value) or _tail(term.value)

    def _own(self, term: ox.NamedNode) -> str:
        name = term.value.removeprefix(NAMESPACE)
        known = term.value.startswith(NAMESPACE) and name in self._vocabulary.terms
        return (
            self._vocabulary.label(name, self._language) if known else _EXTERNAL.get(term, {}).get(self._language, "")
        )

    def _called(self, edit: Edit, iri: str) -> str:
        names = {name.language: name.text for name in (*_stated(edit), *edit.names) if name.iri == iri}
        return names.get(self._language) or next((names[language] for language in sorted(names)), "")


_EXTERNAL = {
    ns.skos_altLabel: {"en": "alternative label", "vi": "tên khác"},
    ns.rdfs_label: {"en": "label", "vi": "nhãn"},
    ns.rdf_type: {"en": "class", "vi": "lớp"},
}


def _stated(edit: Edit) -> Iterator[Name]:
    """The names that the edit itself gives to what it brings."""
    for triple in edit.states:
        if edit.introduces and triple.predicate == ns.rdfs_label and isinstance(triple.object, ox.Literal):
            yield Name(triple.subject.value, triple.object.language or "", triple.object.value)  # type: ignore[union-attr]


def _tail(iri: str) -> str:
    return iri.rstrip("/#").replace("#", "/").rpartition("/")[2] or iri
