"""The JSON that other programs rely on."""

from typing import Any

import pytest

from scripts.make_json_docs import PAGE, page
from tests.running import Analyzer

COMMANDS = [
    ("clients",),
    ("meetings",),
    ("meetings", "northgate"),
    ("show", "northgate-logistics-2025-09-17", "--turn", "3"),
    ("sides", "northgate-logistics-2025-09-17"),
    ("motives", "northgate"),
    ("search", "the form", "--client", "northgate"),
    ("ask", "When is the form due?", "--client", "northgate"),
    ("brief", "northgate"),
    ("agenda", "northgate"),
    ("doctor",),
    ("reindex",),
]
EVIDENCE = {"meeting", "turn", "speaker", "side", "start", "quote", "match", "span"}


def test_the_document_is_what_the_code_makes() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m scripts.make_json_docs"


@pytest.mark.usefixtures("two_clients")
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_prints_one_envelope_and_nothing_else(analyzer: Analyzer, command: tuple[str, ...]) -> None:
    run = analyzer(*command, "--json")
    envelope = run.json
    assert envelope["schema"] == "analyzer/1"
    assert envelope["command"] == command[0]
    assert envelope["ok"] is True
    assert isinstance(envelope["data"], dict)
    assert all(set(w) == {"code", "message"} for w in envelope["warnings"])
    assert run.err == ""


@pytest.mark.usefixtures("two_clients")
class TestMotives:
    @pytest.fixture
    def data(self, analyzer: Analyzer) -> Any:
        return analyzer("motives", "northgate", "--json").data

    def test_all_signs_conditions_and_openings_are_there(self, data: Any) -> None:
        assert [s["id"] for s in data["signs"]] == [
            "outside_validation",
            "outsourced_management",
            "board_mandate",
            "illusion_of_change",
        ]
        assert set(data["conditions"]) == {"relevant", "timely", "fit"}
        assert set(data["openings"]) == {"unused_capacity", "further_topics", "better_ways", "shares_context"}
        assert len(data["trajectory"]) == 3

    def test_every_quote_stands_where_it_says(self, analyzer: Analyzer, data: Any) -> None:
        evidence = [e for s in data["signs"] for e in (*s["evidence"], *s["counter_evidence"])]
        evidence += [e for found in data["openings"].values() for e in found]
        evidence += [c["evidence"] for c in data["commitments"]] + [r["evidence"] for r in data["recommendations"]]
        assert len(evidence) > 5
        turns = {m["id"]: analyzer("show", m["id"], "--json").data["turns"] for m in data["sources"]}
        for e in evidence:
            assert set(e) >= EVIDENCE
            turn = turns[e["meeting"]][e["turn"]]
            assert turn["text"][slice(*e["span"])] == e["quote"]
            assert (turn["speaker"], turn["side"], turn["start"]) == (e["speaker"], e["side"], e["start"])

    def test_signs_rest_on_their_voice_alone(self, data: Any) -> None:
        assert {e["side"] for s in data["signs"] for e in s["evidence"]} <= {"theirs"}

    def test_of_one_meeting_there_is_no_trajectory(self, analyzer: Analyzer) -> None:
        one = analyzer("motives", "northgate-logistics-2025-11-20", "--json").data
        assert one["trajectory"] == []
        assert one["meeting"].startswith("m_")
        assert one["meetings_read"] == 1
