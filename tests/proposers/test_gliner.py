"""A model from a folder, played by a fake package: the real one takes gigabytes."""

from __future__ import annotations

import sys
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from kg import proposers
from kg.errors import UsageError
from kg.model import Document, Extraction
from kg.proposers import ProposerError
from kg.proposers.gliner import _OFFLINE
from tests.proposers.stub import found

NAMES = {"Đỗ Thị Mai": "person", "Trần Văn Lưu": "person", "Hội Nhà báo Hương Giang": "organization", "Huế": "place"}


class Model:
    """Finds the first of each known name in what it is given."""

    config = SimpleNamespace(max_len=384)
    loaded: dict[str, Any]
    texts: list[str]
    extra: Any

    @classmethod
    def from_pretrained(cls, folder: str, **options: Any) -> Model:
        if "broken" in folder:
            raise OSError("no tokenizer")
        model = cls()
        model.loaded, model.texts, model.extra = {"folder": folder, **options}, [], []
        FAKES.append(model)
        return model

    def eval(self) -> None:
        self.loaded["eval"] = True

    def predict_entities(self, text: str, labels: list[str], **options: Any) -> list[Any]:
        self.texts.append(text)
        self.loaded |= {"labels": labels, **options}
        spans = ((text.find(name), name, kind) for name, kind in NAMES.items())
        known = [{"start": at, "end": at + len(n), "text": n, "label": k} for at, n, k in spans if at >= 0]
        return [*known, *self.extra]


FAKES: list[Model] = []


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    fake: Any = ModuleType("gliner")
    fake.__spec__, fake.GLiNER = ModuleSpec("gliner", None), Model
    monkeypatch.setitem(sys.modules, "gliner", fake)
    for variable in _OFFLINE:
        monkeypatch.setenv(variable, "0")
    return model_folder(tmp_path / "mo-hinh")


def model_folder(path: Path) -> Path:
    path.mkdir()
    (path / "gliner_config.json").write_text("{}")
    (path / "model.safetensors").write_bytes(b"")
    return path


def asked(folder: Path, extraction: Extraction, *extra: Any) -> Extraction:
    (specification,) = proposers.specifications([f"gliner:{folder}"])
    assert specification.name == f"gliner:{folder.name}"
    extend = proposers.load(specification)
    FAKES[-1].extra = list(extra)
    return extend(extraction)


def test_names_are_kept_where_ours_are_not(folder: Path, document: Document) -> None:
    extraction = asked(folder, found(document, ("Huế", "place"), ("Lưu", "person")))
    assert [
        (m.span.text, m.type, m.extractor, m.confidence) for m in extraction.mentions if m.extractor != "mentions"
    ] == [
        ("Đỗ Thị Mai", "person", "gliner:mo-hinh", 0.5),
        ("Hội Nhà báo Hương Giang", "organization", "gliner:mo-hinh", 0.5),
    ]
    assert len(extraction.rejected) == 1
    assert "'Lưu' was found there before" in extraction.rejected[0]


def test_nothing_is_downloaded(folder: Path, document: Document) -> None:
    import os  # noqa: PLC0415

    asked(folder, Extraction(document))
    loaded = FAKES[-1].loaded
    assert (loaded["folder"], loaded["local_files_only"], loaded["map_location"]) == (str(folder), True, "cpu")
    assert {os.environ[variable] for variable in _OFFLINE} == {"1"}
    assert {"person", "unit", "event"} <= set(loaded["labels"])
    assert not {"group", "untyped"} & set(loaded["labels"])


def test_long_article_is_read_in_windows_with_right_offsets(folder: Path) -> None:
    text = "Chợ họp sớm, người mua đông. " * 200 + "Cuối cùng là Trần Văn Lưu."
    header = " date 2025-01-01 "
    article = Document(source="a.txt", text=header + text, language="vi", body_start=len(header))
    extraction = asked(folder, Extraction(article))
    assert len(FAKES[-1].texts) > 4
    assert "".join(FAKES[-1].texts) == text
    assert [article.text[m.span.start : m.span.end] for m in extraction.mentions] == ["Trần Văn Lưu"]


@pytest.mark.parametrize(
    ("entity", "why"),
    [
        ({"start": 0, "end": 4, "text": "Chiều", "label": "event"}, "does not stand at characters 0 to 4"),
        ({"start": -4, "end": 4, "text": "Sáng", "label": "event"}, "does not stand"),
        ({"start": 90_000, "end": 90_004, "label": "event"}, "does not stand"),
        ({"start": 0, "end": 3, "label": "event"}, "cuts a word in two"),
        ({"start": 0, "end": 4, "label": "greeting"}, "no such type of name"),
    ],
)
def test_what_does_not_reread_is_rejected(folder: Path, document: Document, entity: Any, why: str) -> None:
    extraction = asked(folder, Extraction(document), entity)
    assert len(extraction.mentions) == len(NAMES)
    assert why in "".join(extraction.rejected)


def test_longer_of_two_overlapping_names_is_kept(folder: Path, document: Document) -> None:
    start = document.text.index("Nhà báo")
    extraction = asked(folder, Extraction(document), {"start": start, "end": start + 7, "label": "organization"})
    assert len(extraction.mentions) == len(NAMES)
    assert "'Hội Nhà báo Hương Giang' was found there before" in "".join(extraction.rejected)


def test_model_that_answers_nonsense_is_a_failure(folder: Path, document: Document) -> None:
    with pytest.raises(ProposerError, match="without start"):
        asked(folder, Extraction(document), {"begin": 0})


def test_folder_that_is_no_model_is_refused_before_any_work(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "gone"):
        with pytest.raises(UsageError, match=r"gliner_config\.json.*nothing is downloaded"):
            proposers.specifications([f"gliner:{place}"])


def test_missing_package_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.proposers.gliner.find_spec", lambda _name: None)
    with pytest.raises(UsageError, match=r"pip install gliner; nothing is downloaded"):
        proposers.specifications([f"gliner:{model_folder(tmp_path / 'm')}"])


def test_model_that_does_not_load_is_said(folder: Path, tmp_path: Path) -> None:
    (specification,) = proposers.specifications([f"gliner:{model_folder(tmp_path / 'broken')}"])
    with pytest.raises(UsageError, match=r"no tokenizer.*nothing is downloaded"):
        proposers.load(specification)
