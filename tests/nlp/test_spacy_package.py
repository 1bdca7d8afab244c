"""The pipeline as a spaCy package: found by spaCy alone, entities as others expect them, written and read again."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
import unicodedata
from importlib import metadata
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span
from spacy.vocab import Vocab

import vi_news_newskg
from kg import nlp as annotation
from kg.model import Document

CHECKOUT = Path(__file__).resolve().parents[2]
TEXT = (
    "Chiều 3/5/2024, Tổng thống Pháp Emmanuel Macron điện đàm với bà Lý Thu Hà về Biển Đông và hiệp ước NPT. "
    "Bà Hà xem phim “Mùa len trâu” lúc 19h30, giá vé 5 USD. Hơn 20% trong 12 nghìn người ở Huế bỏ về.\n\n"
    "Ảnh: Yonhap"
)

pytestmark = pytest.mark.skipif(
    not metadata.entry_points(group="spacy_factories", name="kg_ents"),
    reason="newskg was installed before it had entry points for spaCy: run `make install`",
)


@pytest.fixture(scope="module")
def package() -> Language:
    return vi_news_newskg.load()


def ents(doc: Doc) -> list[tuple[str, str, str, str]]:
    return [described(span) for span in doc.ents]


def described(span: Span) -> tuple[str, str, str, str]:
    return span.text, span.label_, span.kb_id_, span.id_


def spans(doc: Doc) -> dict[str, list[tuple[str, str, str, str]]]:
    return {key: [described(span) for span in group] for key, group in doc.spans.items()}


def test_names_are_entities_with_the_usual_labels(package: Language) -> None:
    assert {(text, label) for text, label, _, _ in ents(package(TEXT))} == {
        ("Pháp", "GPE"),
        ("Emmanuel Macron", "PERSON"),
        ("Lý Thu Hà", "PERSON"),
        ("Biển Đông", "LOC"),
        ("hiệp ước NPT", "LAW"),
        ("Hà", "PERSON"),
        ("Mùa len trâu", "WORK_OF_ART"),
        ("Huế", "GPE"),
    }


def test_an_entity_has_the_key_of_the_gazetteer_and_its_chain(package: Language) -> None:
    found = {(text, key, chain) for text, _, key, chain in ents(package(TEXT))}
    assert {("Pháp", "Q142", "Pháp"), ("Hà", "", "Lý Thu Hà")} <= found


def test_settings_choose_labels_and_what_else_is_an_entity() -> None:
    settings = {"labels": "project", "times": True, "quantities": True, "credits": True}
    doc = vi_news_newskg.load(config={"components": {"kg_ents": settings}})(TEXT)
    labels = {text: label for text, label, _, _ in ents(doc)}
    assert labels["Biển Đông"] == "PLACE"
    assert labels["hiệp ước NPT"] == "TREATY"
    assert labels["Yonhap"] == "ORGANIZATION"
    assert {"DATE", "TIME", "MONEY", "PERCENT", "CARDINAL"} <= set(labels.values())


def test_entities_are_outermost_names(package: Language) -> None:
    doc = package("Bộ Công an Việt Nam họp báo.")
    assert {"Bộ Công an Việt Nam", "Việt Nam"} <= {span.text for span in doc.spans["names"]}
    assert [span.text for span in doc.ents] == ["Bộ Công an Việt Nam"]


def test_unknown_labels_are_refused(package: Language) -> None:
    with pytest.raises(ValueError, match="ontonotes, project"):
        package.create_pipe("kg_ents", config={"labels": "conll"})


@pytest.mark.parametrize("text", ["", " \n", "Huế", unicodedata.normalize("NFD", TEXT)])
def test_any_string_will_do(package: Language, text: str) -> None:
    assert package(text).text == text


def test_many_texts_in_several_processes(package: Language) -> None:
    texts = [TEXT, "", "Mưa ở Huế."]
    assert [ents(doc) for doc in package.pipe(texts, n_process=2)] == [ents(package(text)) for text in texts]


def test_a_document_that_was_written_reads_back(package: Language) -> None:
    document = Document(source="bai.txt", text=TEXT, language="vi", published="2024-05-04")
    doc = annotation.annotate(package, document)
    back = Doc(Vocab()).from_bytes(doc.to_bytes())
    assert ents(back) == ents(doc)
    assert spans(back) == spans(doc)
    for key in ("document", "times", "quantities", "credited", "leaders", "subtypes"):
        assert back.user_data[key] == doc.user_data[key]


@pytest.mark.parametrize("values", [True, False])
def test_documents_in_a_docbin_read_back(package: Language, *, values: bool) -> None:
    docs = [package(TEXT), package("")]
    written = DocBin(docs=docs, store_user_data=values).to_bytes()
    found = list(DocBin().from_bytes(written).get_docs(Vocab()))
    assert [(ents(doc), spans(doc)) for doc in found] == [(ents(doc), spans(doc)) for doc in docs]
    assert [("quantities" in doc.user_data) for doc in found] == [values, values]


def test_the_pipeline_is_written_and_loaded(package: Language, tmp_path: Path) -> None:
    package.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    assert again.meta["license"] == package.meta["license"]
    assert ents(again(TEXT)) == ents(package(TEXT))


def test_spacy_finds_everything_in_a_process_that_never_imported_us(tmp_path: Path) -> None:
    """Also the components one by one, and the values in a DocBin that another process wrote."""
    code = f"""
import spacy
from spacy.tokens import DocBin
nlp = spacy.load({str(vi_news_newskg.path())!r})
tokenizer = {{"@tokenizers": "kg.syllables.v1", "language": "vi"}}
blank = spacy.blank("vi", config={{"nlp": {{"tokenizer": tokenizer}}}})
for name in nlp.pipe_names:
    blank.add_pipe(name)
doc = blank({TEXT!r})
assert [e.text for e in doc.ents] == [e.text for e in nlp({TEXT!r}).ents]
DocBin(docs=[doc], store_user_data=True).to_disk("docs.spacy")
"""
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True, timeout=120)
    (doc,) = DocBin().from_disk(tmp_path / "docs.spacy").get_docs(Vocab())
    assert [quantity.unit for quantity in doc.user_data["quantities"]][:2] == ["USD", "percent"]


@pytest.mark.skipif(
    not spacy.util.is_package("vi_news_newskg"), reason="the distribution vi_news_newskg is missing: run `make install`"
)
def test_spacy_loads_it_by_name() -> None:
    assert spacy.load("vi_news_newskg").pipe_names[-1] == "kg_ents"


def test_the_files_of_the_package_are_up_to_date() -> None:
    made = runpy.run_path(str(CHECKOUT / "docs" / "spacy_package.py"))
    assert (vi_news_newskg.path() / "meta.json").read_text(encoding="utf-8") == made["meta"](), "run `make docs`"
    assert (vi_news_newskg.path() / "config.cfg").read_text(encoding="utf-8") == made["config"](), "run `make docs`"


def test_scores_come_from_the_card(tmp_path: Path) -> None:
    made = runpy.run_path(str(CHECKOUT / "docs" / "spacy_package.py"))
    card = tmp_path / "card.json"
    assert json.loads(made["meta"](card))["performance"] == {}
    card.write_text('{"names": {"f1": 0.91234, "articles": 3}, "events": {"triggers": {"F1": 0.5}}}', encoding="utf-8")
    assert json.loads(made["meta"](card))["performance"] == {"names_f1": 0.9123, "events_triggers_f1": 0.5}
