"""The numbers behind the turn classifier: which damage is refused, what they are fitted on, and what is told of them."""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

import pytest

from analyzer.engines.offline import OfflineEngine
from analyzer.engines.offline.classifier import GRAPH, SHIPPED, TurnClassifier
from analyzer.engines.offline.fitted import FITTED as FILE
from analyzer.engines.offline.fitted import Fitted, Line, PromiseCuts, load, save
from analyzer.engines.offline.labels import LABELS
from analyzer.engines.offline.shipped import TOKENIZER
from analyzer.errors import EngineError
from analyzer.model.findings import Level
from analyzer.model.meetings import Side
from analyzer.practice import Practice
from tests import talks
from tests.by_hand import FITTED, every_sign
from vectorstore import checksums
from vectorstore.checksums import SUMS
from vectorstore.embedders import WordHashEmbedder


def damaged(change: Callable[[dict[str, Any]], object]) -> str:
    kept: dict[str, Any] = json.loads(json.dumps(asdict(FITTED)))
    change(kept)
    return json.dumps(kept)


def without(name: str) -> str:
    return damaged(lambda kept: kept.pop(name))


def with_(name: str, value: object) -> str:
    return damaged(lambda kept: kept.update({name: value}))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param(json.dumps(asdict(FITTED))[:200], id="cut off"),
        pytest.param("[]", id="a list"),
        pytest.param("null", id="null"),
        *(pytest.param(without(field.name), id=f"without {field.name}") for field in fields(Fitted)),
        *(pytest.param(with_(field.name, None), id=f"{field.name} is null") for field in fields(Fitted) if field.name != "graph"),
        pytest.param(with_("known", []), id="known is a list"),
        pytest.param(with_("conditions", [1]), id="conditions are a list"),
        pytest.param(with_("likely", {}), id="no cuts"),
        pytest.param(damaged(lambda kept: kept["sure"].pop("adopts")), id="a cut is gone"),
        pytest.param(damaged(lambda kept: kept["clear"].pop("board_mandate")), id="a line is gone"),
        pytest.param(damaged(lambda kept: kept["heard"]["board_mandate"]["weights"].pop()), id="a weight is gone"),
        pytest.param(damaged(lambda kept: kept["stance"].update(constant="much")), id="a word for a number"),
    ],
)
def test_damaged_numbers_are_refused_with_a_next_step(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(EngineError, match="cannot be read") as refused:
        load(tmp_path)
    assert refused.value.hint == "install Analyzer again"


def test_missing_numbers_are_refused_with_a_next_step(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="cannot be read") as refused:
        load(tmp_path)
    assert refused.value.hint == "install Analyzer again"


def test_numbers_that_were_fitted_on_another_graph_are_refused() -> None:
    engine = OfflineEngine(WordHashEmbedder(), fitted=replace(load(), graph="another graph"))
    for use in (lambda: engine.identity, lambda: engine.read(talks.meeting(), Practice(name=""))):
        with pytest.raises(EngineError, match="not fitted on its graph") as refused:
            use()
        assert "install Analyzer again" in refused.value.hint


@pytest.mark.parametrize("text", [None, "", "0000  another.onnx\n"], ids=["missing", "empty", "of another file"])
def test_a_graph_without_its_checksum_is_refused_with_a_next_step(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / SUMS).write_text(text, encoding="utf-8")
    with pytest.raises(EngineError, match="cannot be read") as refused:
        _ = TurnClassifier(tmp_path).checksum
    assert refused.value.hint == "install Analyzer again"


@pytest.mark.parametrize("name", [GRAPH, TOKENIZER])
@pytest.mark.parametrize("content", [None, b"", b"not what it was"], ids=["missing", "empty", "damaged"])
def test_a_classifier_that_cannot_be_loaded_is_refused_with_a_next_step(tmp_path: Path, name: str, content: bytes | None) -> None:
    for file in (GRAPH, TOKENIZER, SUMS):
        (tmp_path / file).symlink_to(SHIPPED / file)
    (tmp_path / name).unlink()
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(EngineError, match=name) as refused:
        TurnClassifier(tmp_path).chances([(Side.THEIRS, "Well?")])
    assert refused.value.hint == "install Analyzer again"


def test_the_checksums_in_the_box_are_those_of_the_files_and_the_numbers_are_fitted_on_the_graph() -> None:
    told = checksums.shipped(SHIPPED)
    assert set(told) == {GRAPH, TOKENIZER, FILE}
    assert told == {name: hashlib.sha256((SHIPPED / name).read_bytes()).hexdigest() for name in told}
    assert TurnClassifier().damaged_files() == ()
    assert load().graph == TurnClassifier().checksum == told[GRAPH][:12]


def test_files_that_are_not_as_shipped_are_named(tmp_path: Path) -> None:
    for file in (GRAPH, SUMS):
        (tmp_path / file).symlink_to(SHIPPED / file)
    (tmp_path / FILE).write_bytes((SHIPPED / FILE).read_bytes() + b" ")
    assert set(TurnClassifier(tmp_path).damaged_files()) == {TOKENIZER, FILE}


def test_the_numbers_in_the_box_know_every_label_and_how_often_each_level_was_right() -> None:
    fitted = load()
    assert set(fitted.likely) == set(fitted.sure) == {str(label) for label in LABELS}
    assert set(fitted.known) <= {level.value for level in Level if level is not Level.INSUFFICIENT}
    assert fitted.known
    assert all(0 <= right <= said and said > 0 for right, said in fitted.known.values())


def test_numbers_that_are_kept_are_those_that_are_read(tmp_path: Path) -> None:
    save(FITTED, tmp_path)
    assert load(tmp_path) == FITTED
    assert load(tmp_path).digest == FITTED.digest
    save(load(), tmp_path)
    assert (tmp_path / FILE).read_bytes() == (SHIPPED / FILE).read_bytes()


@pytest.mark.parametrize(
    "change",
    [
        {"graph": "another"},
        {"likely": {**FITTED.likely, "adopts": 0.51}},
        {"sure": {**FITTED.sure, "adopts": 0.81}},
        {"promise": PromiseCuts(plain=0.21, dated=0.5, unworded=0.8)},
        {"heard": every_sign(Line(weights=(1.0, 0.0, 0.0), constant=0.01))},
        {"clear": every_sign(Line(weights=(1.0, 0.0, 0.01), constant=-1.4))},
        {"stance": replace(FITTED.stance, constant=2.01)},
        {"conditions": {}},
        {"known": {**FITTED.known, "weak": (10, 20)}},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_identity_changes_with_every_number(change: dict[str, Any]) -> None:
    assert replace(FITTED, **change).digest != FITTED.digest
    assert {next(iter(change))} <= {field.name for field in fields(Fitted)}


def test_the_engines_identity_tells_its_numbers() -> None:
    shipped = load()
    other = replace(shipped, stance=replace(shipped.stance, constant=shipped.stance.constant + 0.001))
    identities = [OfflineEngine(WordHashEmbedder(), fitted=fitted).identity for fitted in (None, shipped, other)]
    assert [i.name for i in identities] == ["offline"] * 3
    assert identities[0] == identities[1] != identities[2]
    assert shipped.digest in identities[0].model


def test_the_model_card_names_what_the_reader_learnt_from_and_how_far_it_can_be_trusted() -> None:
    card = (SHIPPED / "MODEL_CARD.md").read_text(encoding="utf-8")
    training = Path(__file__).parents[2] / "training"
    files = (training / "snippets").glob("*.jsonl")
    snippets = sum(len(file.read_text(encoding="utf-8").splitlines()) for file in files)
    meetings = len(list((training / "meetings").glob("*.json")))
    megabytes = round((SHIPPED / GRAPH).stat().st_size / 1e6)
    for told in (f"{snippets:,} snippets", f"{meetings} meetings", f"{megabytes} MB", load().graph, *map(str, LABELS)):
        assert told in card, told
    for level, (right, said) in load().known.items():
        assert re.search(rf"\b{level}\b.*\b{right} of {said}\b", card), level
