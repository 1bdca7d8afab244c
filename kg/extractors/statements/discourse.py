"""Resolve what points back within a document: offices without names, pronouns, groups, agreements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from kg.extractors.statements.descriptions import group_chain
from kg.extractors.statements.grammar import Grammar
from kg.extractors.statements.reading import Item, Reference, Sentence
from kg.model import MentionType
from kg.nlp.phrases import fold

_VERB = 5  # items of "X said on Monday that"
_NAME_REACH = 12  # tokens in which an agreement's name may be repeated behind "thỏa thuận"


def _state(reference: Reference) -> str:
    """The place that acts, or the one in the name of the body that acts."""
    if reference.type == "place":
        return reference.chains[0] if reference.chains else ""
    return reference.inside[-1] if reference.type == "organization" and reference.inside else ""


@dataclass(slots=True)
class Discourse:
    """What has been talked about so far, to resolve what points back to it."""

    grammar: Grammar
    types: dict[str, MentionType]
    persons: list[tuple[int, str]] = field(default_factory=list)
    genders: dict[str, str] = field(default_factory=dict)
    groups: list[tuple[int, Reference]] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    words: Sequence[str] = ()
    agreements: list[str] = field(default_factory=list)
    named_agreements: list[str] = field(default_factory=list)
    holders: dict[tuple[str, str], str] = field(default_factory=dict)
    titled: list[tuple[str, str]] = field(default_factory=list)
    coming: list[tuple[str, str]] = field(default_factory=list)
    topics: list[Reference] = field(default_factory=list)
    states: frozenset[str] = frozenset()
    topic_of: int = -1
    aside: int = -1  # the sentence whose places are those of another agreement
    named_bodies: list[Reference] = field(default_factory=list)

    def resolve(self, sentences: Iterable[Sentence]) -> tuple[Sentence, ...]:
        """The sentences with what their pointers stand for; offices and agreements may be named later than used."""
        sentences = tuple(sentences)
        for reference in (r for s in sentences for r in s.references()):
            self._learn_offices(reference)
            if reference.type == "treaty":
                self.named_agreements.extend(reference.chains)
        self.agreements.extend(self.named_agreements[:1])
        return tuple(self._sentence(sentence) for sentence in sentences)

    def _learn_offices(self, reference: Reference) -> None:
        if reference.type != "person" or not reference.chains:
            return
        for title in reference.titles:
            self.coming.append((fold(title.words), reference.chains[0]))
            for of in reference.of or ("",):
                self.holders.setdefault((title.group, of), reference.chains[0])
                if title.leader:
                    self.holders.setdefault(("leader", of), reference.chains[0])

    def _sentence(self, sentence: Sentence) -> Sentence:
        items = []
        for position, item in enumerate(sentence.items):
            if item.reference is None:
                items.append(item)
                continue
            ahead = [i.reference for i in sentence.items[position + 1 :] if i.reference]
            reference = self._relative(item.reference, items) or self._sent(item.reference, items)
            reference = reference or self._itself(item.reference, items)
            reference = reference or self._point(item.reference, ahead)
            if reference.pointer == "agreement" and self._is_another(reference):
                self.aside = sentence.index
            self._remember(reference, sentence.index)
            items.append(item._replace(reference=reference))
        return replace(sentence, items=tuple(items))

    def _relative(self, reference: Reference, before: list[Item]) -> Reference | None:
        """A relative: "…, người đã …" behind a person takes that person up; a language with relative pronouns has none."""
        if self.grammar.inflection is not None:
            return None
        person = before[-2].reference if len(before) > 1 else None
        if reference.pointer != "group" or person is None or person.type != "person":
            return None
        behind_comma = before[-1].kind == "word" and not before[-1].kinds and before[-1].end - before[-1].start == 1
        if reference.category != "civilian" or not behind_comma:
            return None
        return replace(reference, chains=person.chains, type="person", form="pronoun", plural=False, pointer="relative")

    def _itself(self, reference: Reference, before: list[Item]) -> Reference | None:
        """A body that speaks of itself right behind the verb: "X said it had"; None where nothing says so."""
        if reference.pointer != "thing" or reference.owning or self.grammar.inflection is None:
            return None
        ahead = [i for i in before[-_VERB:] if not i.time and not i.kinds & {"adverbs", "opens_content"}]
        said = len(ahead) > 1 and "saying" in ahead[-1].kinds
        body = ahead[-2].reference if said else None
        if body is None or body.owning or not (body.type == "organization" or body.category == "body"):
            return None
        return replace(reference, chains=body.chains, type=body.type, media=body.media)

    def _sent(self, reference: Reference, before: list[Item]) -> Reference | None:
        """Soldiers counted with no more said of them are those of the state that acts: "Pháp điều 300 binh sĩ"."""
        if reference.pointer != "group" or not (before and before[-1].quantity):
            return None
        if reference.category != "soldier":
            return replace(reference, pointer="")  # "24 người": who is counted is not who was talked about
        acting = next((s for i in before if i.reference and (s := _state(i.reference))), "")
        if not acting or any(i.reference and i.reference.type == "group" for i in before):
            return None
        chain = group_chain(self.grammar, [reference.noun], [acting])
        return replace(reference, chains=(chain,), of=(acting,), of_type="place", pointer="")

    def _point(self, reference: Reference, ahead: list[Reference]) -> Reference:
        if self.grammar.inflection is not None and reference.pointer in {"thing", "like", "place", "state", "body"}:
            return self._point_back(reference)
        match reference.pointer:
            case "office":
                return self._office(reference)
            case "person":
                return self._named_or_described(reference)
            case "group" if self.groups:
                return self._group(reference)
            case "place" if self.places:
                return replace(reference, chains=(self.places[-1],), type="place")
            case "body" if body := self._body(reference):
                return replace(reference, chains=(body,), type="organization")
            case "pair":
                return self._two(reference, ahead)
            case "pair of places":
                return replace(reference, chains=self._pair_of_places(ahead), type="place", plural=True)
            case "agreement":
                return replace(reference, chains=self._agreement(reference), type="treaty")
        return reference

    def _named_or_described(self, reference: Reference) -> Reference:
        """Who "he" is: a person with a name, else the last one described without, in a language that says so of both."""
        single = self._single() if self.grammar.inflection is not None else None
        if person := self._person(reference):
            if gender := self._gender(reference):
                self.genders.setdefault(person, gender)  # who was "he" is not "she" later
            return replace(reference, chains=(person,), type="person")
        if single is None:
            return reference
        return replace(reference, chains=single.chains, type=single.type, category=single.category)

    def _two(self, reference: Reference, ahead: list[Reference]) -> Reference:
        """The pair meant; where nobody is, "both sides" still are some who speak, in a language that says it so."""
        found = self._pair(ahead, "person", [chain for _, chain in self.persons])
        if not found and self.grammar.inflection is not None:
            said = " ".join(self.words[reference.start : reference.end])
            return replace(reference, chains=(said,), type="group", form="nominal", plural=True, category="pair")
        return replace(reference, chains=found, type="person", plural=True)

    def _point_back(self, reference: Reference) -> Reference:
        """What "it", "the country", "the agency" and a noun without an article take up."""
        match reference.pointer:
            case "thing":
                found = self.topics
            case "place" | "state":
                found = [t for t in self.topics if t.type == "place" and t.chains[0] in self.states]
                named = [place for place in self.places if place in self.states]
                if not found and named and reference.pointer == "state":
                    return replace(reference, chains=(named[-1],), type="place")
            case "like":
                found = [g for _, g in self.groups if g.noun == reference.noun and not reference.fallen]
            case _:
                return self._definite_body(reference)
        if not found:
            return reference
        last = found[-1]
        of = last.of if reference.pointer == "like" else reference.of
        return replace(reference, chains=last.chains, type=last.type, media=last.media, of=of)

    def _office(self, reference: Reference) -> Reference:
        title = reference.titles[-1]
        keys = [(title.group, of) for of in reference.of] + [("leader", of) for of in reference.of if title.leader]
        if not reference.of and self.grammar.inflection is not None:
            return self._by_title(reference)
        if not reference.of:
            keys = [(title.group, "")]
        holder = next((self.holders[key] for key in keys if key in self.holders), "")
        if holder:
            return replace(reference, chains=(holder,))
        if not reference.of:
            return reference
        chain = group_chain(self.grammar, [title.words], reference.of)
        self.types.setdefault(chain, "person")
        return replace(reference, chains=(chain,))

    def _by_title(self, reference: Reference) -> Reference:
        """The last person with a title that ends in these words, else the first named later: "the minister"."""
        said = fold(reference.titles[-1].words)
        order = [*reversed(self.titled), *self.coming]
        found = next((person for words, person in order if f" {words}".endswith(f" {said}")), "")
        if found:
            return replace(reference, chains=(found,))
        return replace(reference, chains=(said,), type="group", category="office", plural=False)

    def _definite_body(self, reference: Reference) -> Reference:
        """The last body whose name ends in the noun, or holds it, else the last of all: "the agency", "the regiment"."""
        owned = reference.end - 1 if reference.owning else reference.end
        noun = " ".join(self.words[reference.start + 1 : owned])
        kinds = self.grammar.function.at(self.words, reference.start)
        kind = kinds.value if kinds else frozenset()
        bodies = [b for b in reversed(self.named_bodies) if b.media] if "press:nouns" in kind else []
        bodies += [b for b in reversed(self.named_bodies) if "press:nouns" in kind or not b.media]
        named = (b for b in bodies if f" {noun}" in f" {fold(b.chains[0])}")
        body = next(named, None)
        if body is None and "bodies:exact" not in kind:
            body = next((b for b in bodies if "bodies:private" not in kind or not self._public(b)), None)
        if body is None:  # a body that the article never names
            return replace(reference, chains=(noun,), type="group", form="nominal", category="body")
        return replace(reference, chains=body.chains, type=body.type, media=body.media)

    def _public(self, body: Reference) -> bool:
        """Whether the words of a body's name say that it is no company: "Seoul High Court"."""
        words = fold(body.chains[0]).split()
        matches = (self.grammar.function.at(words, position) for position in range(len(words)))
        return body.type == "unit" or any(m is not None and "bodies:public" in m.value for m in matches)

    def _group(self, reference: Reference) -> Reference:
        """The last group of the same kind of people, for "các binh sĩ" and "họ"; else the words stay their own group."""
        kin = [(i, g) for i, g in self.groups if self._kin(g, reference)]
        if not kin:
            return reference
        last = kin[-1][0]
        first = next(g for i, g in kin if i == last)
        antecedent = first if reference.form == "pronoun" else kin[-1][1]  # a pronoun takes up the topic
        alive = antecedent.chains[0].removesuffix(f" {self.grammar.fallen_suffix}")
        fallen = f"{alive} {self.grammar.fallen_suffix}" if reference.fallen else ""
        kept = antecedent.chains if reference.form == "pronoun" else (alive,)
        chains = (fallen,) if fallen else kept
        return replace(
            reference,
            chains=chains,
            type=antecedent.type,
            category=antecedent.category,
            fallen=fallen,
            of=antecedent.of,
            of_type=antecedent.of_type,
        )

    def _kin(self, group: Reference, reference: Reference) -> bool:
        """Whether a noun may take up a group named before: any pronoun does, else the same noun or one of its kind."""
        if reference.form == "pronoun" or group.noun == reference.noun:
            return True
        return group.category == reference.category and group.category in self.grammar.taken_up

    def _person(self, reference: Reference) -> str:
        """Who "ông" or "bà" is: of the last sentence with anyone who may be meant the first, who is its topic."""
        gender = self._gender(reference)
        possible = [(i, p) for i, p in self.persons if self.genders.get(p, gender) == gender]
        last = possible[-1][0] if possible else -1
        return next((person for index, person in possible if index == last), "")

    def _single(self) -> Reference | None:
        """The last one described without a name, where nobody is named whom "he" could mean."""
        return next((g for _, g in reversed(self.groups) if g.form == "nominal" and self._one(g)), None)

    def _one(self, group: Reference) -> bool:
        """Whether the words say that it is one person: no plural ends them, and no body is named so."""
        last = group.end - 2 if group.owning else group.end - 1
        noun = self.grammar.nouns.at(self.words, last)
        shapes = self.grammar.inflection.shapes if self.grammar.inflection else None
        many = noun.value.plural if noun else bool(shapes and self.words[last].endswith(shapes.plurals))
        return not many and group.category not in {"body", "pair", "source", "formation"}

    def _learn_gender(self, reference: Reference) -> None:
        gender = self._gender(reference)
        if gender and not reference.pointer:
            self.genders.setdefault(reference.chains[0], gender)

    def _gender(self, reference: Reference) -> str:
        """What the first word tells: "ông Lê A" is male, "bà" female, "tổng thống" says nothing."""
        first = self.grammar.function.at(self.words, reference.start)
        noun = self.grammar.function.at(self.words, reference.end - 1) if reference.form == "nominal" else None
        kinds = (first.value if first else frozenset[str]()) | (noun.value if noun else frozenset[str]())
        return next((kind for kind in ("gender:male", "gender:female") if kind in kinds), "")

    def _body(self, reference: Reference) -> str:
        """The last body whose name holds the noun: "công ty" after "Công ty An Phát"; with "này" else the last of all."""
        noun = list(self.words[reference.start : reference.end])
        pointed = self.grammar.function.at(self.words, reference.end - 1)
        this = pointed is not None and "this:words" in pointed.value
        said = " ".join(noun[:-1] if this else noun)
        named = (body for body in reversed(self.bodies) if f" {said} " in f" {fold(body)} ")
        return next(named, self.bodies[-1] if this and self.bodies else "")

    def _agreement(self, reference: Reference) -> tuple[str, ...]:
        """The agreement whose name the words repeat, else the last one that may be called so.

        "một thỏa thuận" and "hiệp định tương tự" are new ones, and "nghị định thư" is no treaty named before.
        """
        said = " ".join(self.words[reference.end : reference.end + _NAME_REACH])
        for chain in self.named_agreements:
            content = " ".join(fold(chain).split()[2:])
            if content and said.startswith(content):
                return (chain,)
        if self._is_another(reference):
            return ()
        before = self.grammar.function.at(self.words, reference.start - 1) if reference.start else None
        fresh = before is not None and "indefinite" in before.value
        noun = self._kind_of_paper(reference)
        known = [chain for chain in self.agreements if noun in fold(chain)]
        return () if fresh or not known else (known[-1],)

    def _kind_of_paper(self, reference: Reference) -> str:
        """The noun of the words, where it says what kind of paper it is; else empty."""
        found = (self.grammar.function.at(self.words, at) for at in range(reference.start, reference.end))
        kinds = (m for m in found if m is not None and "agreements:particular" in m.value)
        return next((fold(" ".join(self.words[m.start : m.end])) for m in kinds), "")

    def _is_another(self, reference: Reference) -> bool:
        """Whether the words behind a noun set it apart from what was told of."""
        behind = self.grammar.function.at(self.words, reference.end)
        return behind is not None and "another" in behind.value

    def _pair(self, ahead: list[Reference], kind: str, before: list[str]) -> tuple[str, ...]:
        """The next two things of a kind in the sentence, else the last two before it."""
        coming = list(dict.fromkeys(c for r in ahead if r.type == kind and r.form == "name" for c in r.chains))
        if len(coming) >= 2:  # noqa: PLR2004 - a pair
            return tuple(coming[:2])
        recent = list(dict.fromkeys(reversed(before)))[:2]
        return tuple(reversed(recent)) if len(recent) == 2 else ()  # noqa: PLR2004 - a pair

    def _pair_of_places(self, ahead: list[Reference]) -> tuple[str, ...]:
        """The pair that "hai nước" takes up: two states where the article has two by then, else any two places."""
        states = [r for r in ahead if set(r.chains) <= self.states]
        pair = self._pair(states, "place", [place for place in self.places if place in self.states])
        return pair or self._pair(ahead, "place", self.places)

    def _learn_topic(self, reference: Reference, index: int) -> None:
        """Remember what "it" may take up: the first body or state of each sentence, unless it only owns something."""
        body = reference.type in {"organization", "unit", "place"} or reference.category == "body"
        if body and not reference.owning and self.topic_of != index:
            self.topic_of = index
            self.topics.append(reference)
        elif reference.type == "person" and reference.of_type == "organization" and self.topic_of != index:
            self.topic_of = index
            self.topics.append(replace(reference, chains=reference.of[:1], type="organization", form="name"))

    def _remember(self, reference: Reference, index: int) -> None:
        if not reference.chains:
            return
        for chain in reference.chains:
            self.types.setdefault(chain, reference.type)
        if reference.type in {"organization", "unit"} and reference.form == "name":
            self.named_bodies.append(reference)
        elif reference.of and reference.of_type in {"organization", "unit"}:
            self.named_bodies.append(replace(reference, chains=reference.of[:1], type=reference.of_type, form="name"))
        self._learn_topic(reference, index)
        if reference.type == "person" and not reference.plural:
            self.persons.append((index, reference.chains[0]))
            self.titled.extend((fold(title.words), reference.chains[0]) for title in reference.titles)
            self._learn_gender(reference)
        elif reference.type == "group":
            self.groups.append((index, reference))
        elif reference.type == "treaty":
            self.agreements.append(reference.chains[0])
        elif reference.type == "organization":
            self.bodies.append(reference.chains[0])
        if reference.type == "place" and self.aside != index:
            self.places.extend(reference.chains)
        self.places.extend(c for c in reference.of if reference.of_type == "place")
