"""Find the words that tell events: phrases that may, and a trained choice of what they tell here."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.nlp import pipelines
from kg.nlp.classifier import NONE, Classifier, model
from kg.nlp.surroundings import Surroundings
from kg.nlp.trigger_features import features, hints
from kg.nlp.trigger_phrases import candidates, phrases, table_of, topics


class TriggerFinder:
    """A spaCy component that fills `doc.spans["triggers"]`; a span's label is a class of events of the ontology.

    `doc.user_data["trigger_chances"]` holds the model's probability of each, in the same order.
    """

    def __init__(self, language: str) -> None:
        self._table = table_of(phrases(language))
        self._hints = hints(language)
        self._model = Classifier(model(language, "triggers"))
        bars = pipelines.load(language).bars
        self._bar, self._least = bars["triggers"], bars["classes"]

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the document."""
        around = Surroundings.of(doc)
        found = list(candidates(around, self._table))
        about = topics(found)
        spans, chances = [], []
        for candidate in found:
            label, chance = self._model.decide(features(around, candidate, about, self._hints), bar=self._bar)
            if label != NONE and chance >= self._least:
                spans.append(Span(doc, candidate.start, candidate.end, label=label))
                chances.append(round(chance, 3))
        doc.spans["triggers"] = spans
        doc.user_data["trigger_chances"] = chances
        return doc


@Language.factory("kg_triggers", assigns=["doc.spans"])
def make_triggers(nlp: Language, name: str) -> TriggerFinder:
    """The component for the pipeline's language."""
    del name
    return TriggerFinder(str(nlp.lang))
