"""Records as RDF: what the graphs hold, how things are called, and one OWL document of it all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import edtf, ns, rdf
from kg.model import Claim, Document, Entity, Event, Extraction, Link, Quantity, Question, Resolution, Span
from kg.rdf import iris, labels, wording
from kg.vocabulary import OntologyError, Vocabulary
from tests import example_graph


@pytest.fixture(scope="module")
def quads() -> list[ox.Quad]:
    return list(rdf.quads(example_graph.EXTRACTIONS, example_graph.RESOLUTION))


@pytest.fixture(scope="module")
def triples(quads: list[ox.Quad]) -> set[ox.Triple]:
    return {quad.triple for quad in quads}


@pytest.fixture(scope="module")
def context() -> rdf.Context:
    documents = [extraction.document for extraction in example_graph.EXTRACTIONS]
    return rdf.Context.make(example_graph.RESOLUTION, documents)


def values(triples: Iterable[ox.Triple], subject: object, predicate: ox.NamedNode) -> set[str]:
    return {getattr(t.object, "value", "") for t in triples if (t.subject, t.predicate) == (subject, predicate)}


def label(triples: Iterable[ox.Triple], subject: object, language: str) -> str:
    labels_found = [t.object for t in triples if (t.subject, t.predicate) == (subject, ns.rdfs_label)]
    [found] = [o.value for o in labels_found if isinstance(o, ox.Literal) and o.language == language]
    return found


# --- graphs ---------------------------------------------------------------------------------------------------------


def test_no_triple_stands_in_two_graphs(quads: list[ox.Quad]) -> None:
    graphs = Counter(triple for triple, _ in {(quad.triple, quad.graph_name) for quad in quads})
    assert max(graphs.values()) == 1


def test_each_article_has_a_graph_and_all_share_one(quads: list[ox.Quad]) -> None:
    articles = {iris.article_graph(extraction.document.id) for extraction in example_graph.EXTRACTIONS}
    assert {quad.graph_name for quad in quads} == {*articles, iris.resolved_graph()}
    assert iris.article_graph(example_graph.FLOOD.id).value.endswith(example_graph.FLOOD.id[:16])


def test_evidence_is_in_the_graph_of_its_article(quads: list[ox.Quad]) -> None:
    for quad in quads:
        if quad.predicate == ns.hasEvidence:
            document = str(quad.object).partition("/chars/")[0].rpartition("/")[2]
            assert quad.graph_name == iris.article_graph(document)


def test_there_are_no_blank_nodes_and_no_dates_without_time(quads: list[ox.Quad]) -> None:
    for quad in quads:
        assert isinstance(quad.subject, ox.NamedNode)
        assert not isinstance(quad.object, ox.BlankNode)
        assert not (isinstance(quad.object, ox.Literal) and quad.object.datatype.value.endswith("#date"))


def test_every_node_is_a_named_individual_labelled_in_both_languages(triples: set[ox.Triple]) -> None:
    subjects = {t.subject for t in triples}
    for subject in subjects:
        assert ns.owl_NamedIndividual.value in values(triples, subject, ns.rdf_type)
        assert label(triples, subject, "en")
        assert label(triples, subject, "vi")


def test_the_graph_does_not_depend_on_the_order_of_articles(quads: list[ox.Quad]) -> None:
    resolution = example_graph.RESOLUTION
    turned = Resolution(
        entities=resolution.entities[::-1],
        events=resolution.events[::-1],
        questions=resolution.questions[::-1],
        claims=resolution.claims[::-1],
        links=resolution.links,
        competing=resolution.competing,
        corroborating=resolution.corroborating,
    )
    assert set(rdf.quads(example_graph.EXTRACTIONS[::-1], turned)) == set(quads)


# --- articles and their words -----------------------------------------------------------------------------------------


def test_an_article_keeps_where_it_came_from(triples: set[ox.Triple]) -> None:
    article = iris.article(example_graph.FLOOD.id)
    assert values(triples, article, ns.sha256) == {example_graph.FLOOD.id}
    assert values(triples, article, ns.sourceName) == {"lu-song-ma.txt"}
    assert values(triples, article, ns.outlet) == {"Báo Miền Xanh"}
    assert values(triples, article, ns.hasTime) == {iris.time("2025-09-06").value}
    assert label(triples, article, "vi").startswith("Bài báo: Lũ")


def test_an_undated_untitled_article_goes_by_its_file(triples: set[ox.Triple]) -> None:
    article = iris.article(example_graph.RELIEF.id)
    assert not values(triples, article, ns.hasTime)
    assert label(triples, article, "en") == "Article: cuu-tro.txt"


def test_spans_read_back(triples: set[ox.Triple]) -> None:
    texts = {iris.article(d.id).value: d.text for d in (example_graph.FLOOD, example_graph.RELIEF)}
    spans = {t.subject for t in triples if t.predicate == ns.exact}
    assert spans
    for span in spans:
        [document], [exact] = values(triples, span, ns.inDocument), values(triples, span, ns.exact)
        [start], [end] = values(triples, span, ns.start), values(triples, span, ns.end)
        assert texts[document][int(start) : int(end)] == exact


def test_credits_are_no_mentions(triples: set[ox.Triple]) -> None:
    spans = {t.subject for t in triples if t.predicate == ns.denotes and t.object == iris.node("entity", "radio")}
    kinds = {str(span).split("/")[-3]: values(triples, span, ns.rdf_type) for span in spans}
    assert ns.Credit.value in kinds[example_graph.FLOOD.id[:16]]
    assert ns.Mention.value in kinds[example_graph.RELIEF.id[:16]]


# --- entities ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "class_"),
    [
        ("luu", ns.Person),
        ("japan", ns.State),
        ("tho-lam", ns.GeopoliticalEntity),  # an envoy is accredited to it
        ("company-17", ns.MilitaryUnit),
        ("station", ns.Site),
        ("campaign", ns.NamedEvent),
        ("decree", ns.WrittenWork),
        ("xk9", ns.UntypedEntity),
    ],
)
def test_an_entity_has_its_most_exact_class(triples: set[ox.Triple], key: str, class_: ox.NamedNode) -> None:
    assert values(triples, iris.node("entity", key), ns.rdf_type) == {ns.owl_NamedIndividual.value, class_.value}


def test_a_place_that_never_acts_is_just_a_place() -> None:
    resolution = Resolution(
        entities=(Entity("sea", "place", (("vi", "Biển"),)),), events=(Event("v", "Visit", (("atPlace", ("sea",)),)),)
    )
    context = rdf.Context.make(resolution)
    assert context.entity_class(resolution.entities[0]) == ns.Place


def test_names_are_labels_and_alternative_labels(triples: set[ox.Triple]) -> None:
    node = iris.node("entity", "ministry")
    assert (label(triples, node, "en"), label(triples, node, "vi")) == ("Ministry of Agriculture", "Bộ Nông nghiệp")
    assert values(triples, node, ns.skos_altLabel) == {"Bộ Nông nghiệp (tên khác)"}


def test_a_link_points_elsewhere_without_identity(triples: set[ox.Triple]) -> None:
    assert values(triples, iris.node("entity", "japan"), ns.skos_exactMatch) == {"http://www.wikidata.org/entity/Q17"}
    resolution = replace(example_graph.RESOLUTION, links=(Link("japan", "https://example.org/japan", 0.5),))
    quads = rdf.resolved_quads(rdf.Context.make(resolution))
    assert ox.NamedNode("https://example.org/japan") in {q.object for q in quads if q.predicate == ns.skos_exactMatch}


def test_a_group_belongs_to_what_its_description_says() -> None:
    resolution = Resolution(
        entities=(
            Entity("soldiers", "group", (("vi", "binh sĩ Nhật Bản"),), belongs_to=("japan",)),
            Entity("japan", "place", (("vi", "Nhật Bản"),)),
        )
    )
    quads = {quad.triple for quad in rdf.resolved_quads(rdf.Context.make(resolution))}
    assert ox.Triple(iris.node("entity", "soldiers"), ns.belongsTo, iris.node("entity", "japan")) in quads
    assert ox.Triple(iris.node("entity", "japan"), ns.rdf_type, ns.GeopoliticalEntity) in quads


# --- events, situations and times ----------------------------------------------------------------------------------------


def test_an_event_has_its_roles_and_time(triples: set[ox.Triple]) -> None:
    call = iris.node("event", "call")
    assert values(triples, call, ns.initiator) == {iris.node("entity", "luu").value}
    assert values(triples, call, ns.hasTime) == {iris.time("2025-09-05").value}
    assert label(triples, call, "en") == "Phone call: Trần Văn Lựu, Mori Kenji (2025-09-05)"
    assert label(triples, call, "vi") == "Điện đàm: Trần Văn Lựu, Mori Kenji (2025-09-05)"


def test_a_position_has_its_words(triples: set[ox.Triple]) -> None:
    office = iris.node("event", "office")
    assert values(triples, office, ns.positionText) == {"Đại sứ"}
    assert label(triples, office, "vi") == "Chức vụ: Mori Kenji, Đại sứ; Nhật Bản, xã Thọ Lâm"


def test_a_situation_justifies_a_direct_link_and_stays_out_of_the_hierarchy(triples: set[ox.Triple]) -> None:
    station, commune = iris.node("entity", "station"), iris.node("entity", "tho-lam")
    assert values(triples, station, ns.locatedIn) == {commune.value}
    assert values(triples, iris.node("event", "lies-in"), ns.whole) == {commune.value}
    assert not values(triples, iris.node("event", "lies-in"), ns.locatedIn)
    company, region = iris.node("entity", "company-17"), iris.node("entity", "region-9")
    assert values(triples, company, ns.belongsTo) == {region.value}


def test_what_is_denied_justifies_no_link(triples: set[ox.Triple]) -> None:
    assert iris.node("entity", "japan").value not in values(triples, iris.node("entity", "station"), ns.locatedIn)


def test_a_time_has_bounds_where_the_year_is_known(triples: set[ox.Triple]) -> None:
    month = iris.time("2025-04")
    assert values(triples, month, ns.earliest) == {"2025-04-01T00:00:00"}
    assert values(triples, month, ns.latest) == {"2025-04-30T23:59:59"}
    unknown = iris.time("XXXX-04")
    assert values(triples, unknown, ns.edtf) == {"XXXX-04"}
    assert not values(triples, unknown, ns.earliest)


# --- claims -----------------------------------------------------------------------------------------------------------


def test_a_claim_without_source_is_the_narrators(triples: set[ox.Triple]) -> None:
    assert values(triples, iris.node("claim", "c-call"), ns.attributedTo) == {iris.narrator().value}
    assert label(triples, iris.narrator(), "vi") == "Người viết (không nêu nguồn)"


def test_there_is_no_narrator_where_every_claim_has_a_source() -> None:
    claim = Claim("c", "Statement", attributed_to=("x",))
    resolution = Resolution(entities=(Entity("x", "person", (("vi", "X"),)),), claims=(claim,))
    assert iris.narrator() not in {quad.subject for quad in rdf.resolved_quads(rdf.Context.make(resolution))}


def test_a_number_claim_answers_a_question_with_a_quantity(triples: set[ox.Triple]) -> None:
    claim = iris.node("claim", "n-dead-40")
    [quantity] = values(triples, claim, ns.quantity)
    assert values(triples, claim, ns.answers) == {iris.node("question", "dead").value}
    assert values(triples, ox.NamedNode(quantity), ns.stated) == {"40.0"}
    assert values(triples, ox.NamedNode(quantity), ns.exactness) == {ns.approximate.value}
    assert values(triples, ox.NamedNode(quantity), ns.unitOfMeasure) == {ns.person.value}
    assert values(triples, claim, ns.modality) == {ns.estimated.value}
    assert values(triples, claim, ns.confidence) == {"0.875"}
    assert values(triples, claim, ns.extractor) == {"frames/test"}


def test_a_claim_keeps_who_passes_it_on_and_when_it_was_said(triples: set[ox.Triple]) -> None:
    claim = iris.node("claim", "n-dead-12")
    assert values(triples, claim, ns.relayedBy) == {iris.node("entity", "decree").value}
    assert values(triples, claim, ns.hasTime) == {iris.time("2025-09").value}


def test_an_unlisted_unit_is_described_in_the_data(triples: set[ox.Triple]) -> None:
    assert values(triples, iris.node("unit", "bag"), ns.rdf_type) >= {ns.UnitOfMeasure.value}
    assert values(triples, iris.node("question", "money"), ns.unitOfMeasure) == {iris.node("unit", "bag").value}


def test_pairs_of_claims_hold_both_ways(triples: set[ox.Triple]) -> None:
    few, many = iris.node("claim", "n-dead-12"), iris.node("claim", "n-dead-40")
    assert values(triples, few, ns.competesWith) == {many.value}
    assert values(triples, many, ns.competesWith) == {few.value}


def test_equal_quantities_are_one_node() -> None:
    assert iris.quantity(Quantity(Decimal(5), measure="killed")) == iris.quantity(
        Quantity(Decimal(5), measure="wounded")
    )
    assert iris.quantity(Quantity(Decimal(5))) != iris.quantity(Quantity(Decimal(5), "approximate"))


@pytest.mark.parametrize("snake", ["area_cleared", "areaCleared"])
def test_measures_are_read_in_snake_case_too(snake: str) -> None:
    context = rdf.Context.make(Resolution(questions=(Question("q", snake),)))
    assert ns.areaCleared in {quad.object for quad in rdf.resolved_quads(context)}
    assert labels.question(context, context.questions["q"], "en") == "Area cleared"


def test_a_term_that_the_ontology_lacks_is_refused() -> None:
    resolution = Resolution(events=(Event("e", "Teleportation"),))
    with pytest.raises((OntologyError, KeyError), match="Teleportation"):
        list(rdf.resolved_quads(rdf.Context.make(resolution)))


# --- words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quantity", "english", "vietnamese"),
    [
        (Quantity(Decimal(600), "approximate", unit="person"), "about 600", "khoảng 600"),
        (Quantity(Decimal(42400), "less_than", unit="hectare"), "nearly 42,400 ha", "gần 42.400 ha"),
        (Quantity(Decimal(1500000), "more_than", unit="mine"), "more than 1.5 million", "hơn 1,5 triệu"),
        (Quantity(Decimal("2.5"), unit="square_kilometre"), "2.5 km²", "2,5 km²"),
        (Quantity(Decimal(20), "approximate", unit="minute"), "about 20 minutes", "khoảng 20 phút"),
        (Quantity(Decimal(101)), "101", "101"),
        (Quantity(Decimal("3E+9"), unit="USD"), "3 billion US dollars", "3 tỷ USD"),
        (Quantity(Decimal(1234567)), "1,234,567", "1.234.567"),
    ],
)
def test_quantities_are_written_as_readers_write_them(
    context: rdf.Context, quantity: Quantity, english: str, vietnamese: str
) -> None:
    assert labels.quantity(context, quantity, "en") == english
    assert labels.quantity(context, quantity, "vi") == vietnamese


@pytest.mark.parametrize(
    ("text", "english", "vietnamese"),
    [
        ("2025-08-12", "12 August 2025", "12/8/2025"),
        ("2025-04", "April 2025", "tháng 4/2025"),
        ("2025", "2025", "năm 2025"),
        ("XXXX-04", "April (year unknown)", "tháng 4 (không rõ năm)"),
        ("XXXX-08-12", "12 August (year unknown)", "12/8 (không rõ năm)"),
        ("2024-10~", "about October 2024", "khoảng tháng 10/2024"),
        ("2024-22", "summer 2024", "mùa hè 2024"),
        ("198X", "1980s", "những năm 1980"),
        ("2024-10/..", "from October 2024", "từ tháng 10/2024"),
        ("../2024", "until 2024", "đến năm 2024"),
        ("2025-12-08/2025-12-14", "8 December 2025 – 14 December 2025", "8/12/2025 – 14/12/2025"),
        ("2024-10-16T05:30", "05:30, 16 October 2024", "05:30, 16/10/2024"),
        ("XXXX-XX-XXT05:30", "05:30, day unknown", "05:30, không rõ ngày"),
        ("P3D", "P3D", "P3D"),
    ],
)
def test_times_are_written_as_readers_write_them(text: str, english: str, vietnamese: str) -> None:
    assert wording.time(text, "en") == english
    assert wording.time(text, "vi") == vietnamese


def test_claims_say_who_says_what(triples: set[ox.Triple]) -> None:
    dead = iris.node("claim", "n-dead-12")
    assert label(triples, dead, "en") == (
        "Miền Xanh Radio — killed: 12 (villagers of Thọ Lâm, Thọ Lâm commune, Disaster (2025-09-03))"
    )
    thanks = iris.node("claim", "s-thanks")
    assert label(triples, thanks, "vi") == (
        "Trần Văn Lựu — Phát ngôn → Mori Kenji · Nhật Bản: “Ông Trần Văn Lựu cảm ơn Đại sứ Nhật Bản Mori Kenji”"
    )
    assert label(triples, iris.node("claim", "n-dead-40"), "vi").endswith("[ước tính]")


def test_long_words_are_cut_at_a_space() -> None:
    spoken = Span(0, 200, "một hai ba bốn năm sáu bảy tám chín mười " * 5)
    claim = Claim("c", "Statement", evidence=(("d", spoken),))
    found = labels.claim(rdf.Context.make(Resolution(claims=(claim,))), claim, "vi")
    assert found.endswith(" …”") is False
    assert found.endswith("…”")
    assert len(found) < 80


@given(st.integers(-(10**12), 10**12), st.integers(0, 4))
def test_a_number_reads_back(digits: int, places: int) -> None:
    value = Decimal(digits).scaleb(-places)
    text = wording.number(value, "vi")
    number, _, scale = text.partition(" ")
    read = Decimal(number.replace(".", "").replace(",", "."))
    assert read * {"": 1, "triệu": 10**6, "tỷ": 10**9}[scale] == value


@given(st.text(min_size=1))
def test_any_key_makes_an_iri(key: str) -> None:
    assert iris.node("entity", key) == iris.node("entity", key)


@given(st.integers(1, 9999), st.integers(1, 12), st.integers(1, 28))
def test_any_day_has_a_name(year: int, month: int, day: int) -> None:
    text = f"{year:04}-{month:02}-{day:02}"
    assert edtf.is_valid(text)
    assert str(year) in wording.time(text, "en")
    assert f"{day}/{month}/{year}" == wording.time(text, "vi")


# --- one document -------------------------------------------------------------------------------------------------------


def test_the_owl_document_is_the_same_each_time(quads: list[ox.Quad]) -> None:
    assert rdf.owl_file(quads, Vocabulary.load()) == rdf.owl_file(reversed(quads), Vocabulary.load())


def test_the_owl_document_has_one_header_of_its_own_and_no_imports(quads: list[ox.Quad]) -> None:
    read = [q.triple for q in ox.parse(input=rdf.owl_file(quads, Vocabulary.load()), format=ox.RdfFormat.RDF_XML)]
    [header] = [t.subject for t in read if t.predicate == ns.rdf_type and t.object == ns.owl_Ontology]
    [version] = values(read, header, ns.owl_versionIRI)
    assert version == f"{header.value}/{next(iter(values(read, header, ns.owl_versionInfo)))}"
    assert not any(t.predicate.value.endswith("#imports") for t in read)
    assert {t.subject for t in read} >= {quad.subject for quad in quads} | {ns.PhoneCall}


def test_the_version_follows_the_data(quads: list[ox.Quad]) -> None:
    assert rdf.owl_file(quads, Vocabulary.load()) != rdf.owl_file(quads[:-1], Vocabulary.load())


def test_numbers_survive_the_store_and_the_owl_api(quads: list[ox.Quad]) -> None:
    """A store keeps 40.0 as 40, which the OWL API would write as an integer."""
    store = ox.Store()
    store.extend(quads)
    assert ox.Literal("40", datatype=ns.xsd_decimal) in {quad.object for quad in store}
    document = rdf.owl_file(store, Vocabulary.load())
    assert document == rdf.owl_file(quads, Vocabulary.load())
    assert b'XMLSchema#decimal">40.0<' in document
    assert b'XMLSchema#nonNegativeInteger">0<' in document


def test_characters_that_xml_cannot_hold_are_replaced() -> None:
    text = "Lũ\fvề\x01 xã"
    document = Document("a.txt", text, "vi")
    claim = Claim("c", "Statement", evidence=((document.id, document.span(0, len(text))),))
    quads = rdf.quads([Extraction(document)], Resolution(claims=(claim,)))
    read = ox.parse(input=rdf.owl_file(quads, Vocabulary.load()), format=ox.RdfFormat.RDF_XML)
    assert "Lũ\ufffdvề\ufffd xã" in {q.object.value for q in read if q.predicate == ns.exact}


def test_the_ontology_is_one_graph_without_blank_nodes() -> None:
    quads = list(rdf.ontology_quads(Vocabulary.load()))
    assert {quad.graph_name for quad in quads} == {iris.ontology_graph()}
    assert ox.Triple(ns.PhoneCall, ns.rdfs_subClassOf, ns.Encounter) in {quad.triple for quad in quads}
    assert not any(isinstance(term, ox.BlankNode) for quad in quads for term in quad.triple)


def test_the_ontology_file_is_the_same_each_time() -> None:
    first, second = (rdf.ontology_file(Vocabulary.load(), ox.RdfFormat.TURTLE) for _ in range(2))
    assert first == second
