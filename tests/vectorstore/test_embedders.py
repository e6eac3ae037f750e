"""The model in the box, and the one without a model."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from vectorstore.embedders import BUNDLED, BundledEmbedder, WordHashEmbedder
from vectorstore.errors import ModelUnusable
from vectorstore.onnx import loaded_tokenizer

LONG = "The warehouse by the river has stood half empty since last winter. " * 60


@pytest.fixture(scope="module")
def embedder() -> BundledEmbedder:
    return BundledEmbedder()


def test_the_model_is_the_one_that_was_shipped(embedder: BundledEmbedder) -> None:
    assert embedder.damaged_files() == ()
    assert embedder.identity.startswith("minilm-l6-int8:")
    assert (BUNDLED / "LICENSE").read_text(encoding="utf-8").lstrip().startswith("Apache License")


def test_a_changed_model_file_is_noticed(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(BUNDLED, folder)
    (folder / "tokenizer.json").write_text("{}", encoding="utf-8")
    (folder / "model.int8.onnx").unlink()
    changed = BundledEmbedder(folder)
    assert set(changed.damaged_files()) == {"tokenizer.json", "model.int8.onnx"}
    with pytest.raises(ModelUnusable) as caught:
        changed.embed(["text"])
    assert caught.value.hint


def test_a_file_is_loaded_once_and_anew_where_it_is_another(tmp_path: Path) -> None:
    path = tmp_path / "tokenizer.json"
    shutil.copy(BUNDLED / "tokenizer.json", path)
    first = loaded_tokenizer(path)
    assert loaded_tokenizer(path) is first
    told = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(told | {"truncation": None}), encoding="utf-8")
    other = loaded_tokenizer(path)
    assert first.truncation
    assert other.truncation is None
    assert loaded_tokenizer(path, whole=True) is not other


def test_a_model_without_its_checksums_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelUnusable, match="SHA256SUMS"):
        _ = BundledEmbedder(tmp_path).identity


def test_ten_pairs_are_as_near_as_in_float32(embedder: BundledEmbedder) -> None:
    pairs = json.loads((BUNDLED / "float32-similarities.json").read_text(encoding="utf-8"))
    assert len(pairs) == 10
    for pair in pairs:
        first, second = embedder.embed([pair["a"], pair["b"]])
        assert float(first @ second) == pytest.approx(pair["cosine"], abs=0.05), pair


def test_vectors_have_length_one_and_do_not_depend_on_company(embedder: BundledEmbedder) -> None:
    texts = ["A short one.", LONG, "", "Ein Satz auf Deutsch.", "日本語の文です。"]
    together = embedder.embed(texts)
    assert together.shape == (5, embedder.dimension)
    assert together.dtype == np.float32
    assert np.linalg.norm(together, axis=1) == pytest.approx(np.ones(5), abs=1e-5)
    for text, vector in zip(texts, together, strict=True):
        assert np.array_equal(embedder.embed_query(text), vector)
    assert embedder.embed([]).shape == (0, embedder.dimension)


def test_the_end_of_a_long_text_counts(embedder: BundledEmbedder) -> None:
    ending = "At the very end they admitted that the merger with the Portuguese bank had failed."
    query = embedder.embed_query("the failed merger with a bank from Portugal")
    assert float(embedder.embed_query(LONG + ending) @ query) > float(embedder.embed_query(LONG) @ query) + 0.02


@pytest.mark.disable_socket
def test_the_network_is_never_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert BundledEmbedder().embed(["a text"]).shape == (1, 384)
    assert list(tmp_path.iterdir()) == []


def test_the_embedder_without_a_model_is_the_same_everywhere() -> None:
    embedder = WordHashEmbedder()
    vectors = embedder.embed(["board budget", "Budget, board!", "holiday", ""])
    assert np.array_equal(vectors[0], vectors[1])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(4))
    assert list(np.flatnonzero(vectors[0])) == [8, 51]
    assert list(np.flatnonzero(vectors[3])) == [0]
    assert float(vectors[0] @ embedder.embed_query("the budget")) > float(vectors[2] @ embedder.embed_query("the budget"))
