"""Copy the names of a document, and its times and quantities on request, into `doc.ents`, as spaCy users expect them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from kg.model import MentionType, Quantity, Time

UNTYPED = "untyped"
ONTONOTES = {
    "person": "PERSON",
    "organization": "ORG",
    "unit": "ORG",
    "place": "GPE",
    "facility": "FAC",
    "treaty": "LAW",
    "document": "LAW",
    "award": "WORK_OF_ART",
    "equipment": "PRODUCT",
    "event": "EVENT",
    "group": "NORP",
}
"""What OntoNotes calls each type of mention; names without a type are left out."""
LABELS = {
    "ontonotes": ONTONOTES,
    "project": {kind: kind.upper() for kind in get_args(MentionType) if kind != UNTYPED},
}
_UNGOVERNED = frozenset({"NaturalFeature", "Place"})  # subtypes of places
_COUNTS = frozenset({"person"})  # units that measure nothing
_CODE_LENGTH = 3  # of a currency, "USD"


class EntitySetter:
    """A spaCy component that sets `doc.ents` to the outermost names; what was there before is replaced.

    An entity's `kb_id_` is the gazetteer's key (a Wikidata id where there is one), its `id_` the name that stands for all
    names of one thing in the document. `labels` is "ontonotes" (PERSON, ORG, GPE ...) or "project" (PERSON,
    ORGANIZATION, PLACE ...). `times` adds DATE and TIME, `quantities` adds QUANTITY, MONEY, PERCENT and CARDINAL,
    `credits` the names in photo credits and bylines.
    """

    def __init__(self, *, labels: str, times: bool, quantities: bool, credits: bool) -> None:  # noqa: A002 - the setting's name
        if labels not in LABELS:
            raise ValueError(f"kg_ents: labels must be one of {', '.join(sorted(LABELS))}, not {labels!r}")
        self._labels = LABELS[labels]
        self._ontonotes = labels == "ontonotes"
        self._times = times
        self._quantities = quantities
        self._credits = credits

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the document."""
        found = list(self._names(doc))
        if self._times:
            values = zip(doc.spans["times"], doc.user_data["times"], strict=True)
            found += [_relabelled(span, _time_label(value)) for span, value in values]
        if self._quantities:
            values = zip(doc.spans["quantities"], doc.user_data["quantities"], strict=True)
            found += [_relabelled(span, _quantity_label(value)) for span, value in values]
        doc.ents = tuple(filter_spans(found))
        return doc

    def _names(self, doc: Doc) -> Iterator[Span]:
        credited = doc.user_data["credited"]
        subtypes = doc.user_data["subtypes"]
        for name in doc.spans["names"]:
            if name.label_ not in self._labels or ((name.start, name.end) in credited and not self._credits):
                continue
            label = self._labels[name.label_]
            if self._ontonotes:
                label = _finer(name, label, subtypes.get(name.id_, ""))
            yield _relabelled(name, label)


def _finer(name: Span, label: str, subtype: str) -> str:
    """OntoNotes parts places that are governed from others, and laws from titles, which stand in quotation marks."""
    if label == "GPE" and subtype in _UNGOVERNED:
        return "LOC"
    if name.label_ == "document" and name.start and name.doc[name.start - 1].is_quote:
        return "WORK_OF_ART"
    return label


def _relabelled(span: Span, label: str) -> Span:
    return Span(span.doc, span.start, span.end, label=label, kb_id=span.kb_id, span_id=span.id)


def _time_label(time: Time) -> str:
    return "TIME" if "T" in time.edtf else "DATE"


def _quantity_label(quantity: Quantity) -> str:
    unit = quantity.unit
    if not unit or unit in _COUNTS:
        return "CARDINAL"
    if unit == "percent":
        return "PERCENT"
    return "MONEY" if len(unit) == _CODE_LENGTH and unit.isupper() else "QUANTITY"


@Language.factory(
    "kg_ents",
    assigns=["doc.ents"],
    requires=["doc.spans"],
    default_config={"labels": "ontonotes", "times": False, "quantities": False, "credits": False},
)
def make_ents(nlp: Language, name: str, labels: str, times: bool, quantities: bool, credits: bool) -> EntitySetter:  # noqa: A002, FBT001 - spaCy passes settings by these names
    """The component, for any language."""
    del nlp, name
    return EntitySetter(labels=labels, times=times, quantities=quantities, credits=credits)
