"""The prompts: definitions from signs.py, variables checked at load, examples that would stand verification."""

import json
import re
import shutil
from pathlib import Path

import pytest

import prompts
from analyzer import signs
from analyzer.engines.llm import shots, wording
from analyzer.engines.llm.claims import answers_of, claims_of
from analyzer.engines.llm.schemas import FORMS, Answering, Judging, Reading
from analyzer.errors import PromptUnusable
from analyzer.evidence import locate, verify, verify_answers
from analyzer.model.findings import Claim, Match
from analyzer.model.meetings import Passage
from analyzer.quotes import says
from tests.running import ROOT

PACKAGE = Path(prompts.__file__).parent
WRITTEN = (
    *sorted(p for p in PACKAGE.rglob("*") if p.suffix in {".md", ".yaml", ".py"}),
    ROOT / "analyzer" / "signs.py",
)
MEASURED_BY = tuple(
    json.loads(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "benchmarks" / "meetings").glob("*.json"))
)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A copy of the prompts in a folder of one's own."""
    for task in prompts.TASKS:
        shutil.copytree(PACKAGE / task, tmp_path / task)
    return tmp_path


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("task", ["read", "judge"])
def test_the_definitions_are_those_of_signs(task: str) -> None:
    system = prompts.load(task).system
    for sign in signs.SIGNS:
        assert sign.definition in system
        assert all(text in system for text in (*sign.counts, *sign.near_misses))
        assert (sign.strong in system) == (task == "judge")
    assert all(opening.definition in system for opening in signs.OPENINGS)
    assert all(condition.yes in system for condition in signs.CONDITIONS)


def runs_of_six(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[^\W_]+(?:'[^\W_]+)*", text.replace("\u2019", "'").casefold())
    return {tuple(words[at : at + 6]) for at in range(len(words) - 5)}


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: "/".join(path.parts[-2:]))
def test_nothing_is_taken_from_the_meetings_that_measure_us(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    people = {turn["speaker"] for meeting in MEASURED_BY for turn in meeting["turns"]}
    named = {*people, *(name.split()[-1] for name in people), *(meeting["client"] for meeting in MEASURED_BY)}
    assert len(named) > 40
    assert [name for name in sorted(named) if says(text, name)] == []
    said = set().union(*(runs_of_six(turn["text"]) for meeting in MEASURED_BY for turn in meeting["turns"]))
    assert len(said) > 10_000
    assert runs_of_six(text) & said == set()


@pytest.mark.parametrize(
    ("task", "told"),
    [
        ("read", "Of a date and a weekday take the date."),
        ("read", '`advice` for what our side had advised earlier ("so I tried it your way"'),
        ("read", "where a first and a last answer differ, the last one counts"),
        ("read", "A question or an offer that proposes how they should act counts"),
        ("read", "What is asked for and then withdrawn after our no stays marked"),
        ("read", "what people of one side arrange among themselves"),
        ("judge", "a wish that is plainly spoken and let go at our no is still `weak`"),
        ("judge", "Where one of them is missing: `leaning_partner`."),
        ("read", "The same turn may also stand in several of the lists."),
        ("read", "a topic closed for good by the one it concerns, not put to another day"),
        ("read", "could look like this sign; here the leader"),
        ("answer", "Where meetings contradict each other, or a later one changes what an earlier one said, tell both"),
        ("answer", "Choose the stretch that has the numbers, the days, the names"),
        ("judge", "It may be asked weeks later: name no day that will have passed, and ask nothing that was already answered."),
    ],
)
def test_what_readers_have_got_wrong_is_told(task: str, told: str) -> None:
    prompt = prompts.load(task)
    assert told in "\n".join((prompt.system, *shots.texts(prompt)))


@pytest.mark.parametrize("task", prompts.TASKS)
def test_every_prompt_says_that_the_material_is_data_and_where_it_ends(task: str) -> None:
    prompt = prompts.load(task)
    assert "no instructions for you" in prompt.system
    assert prompt.user.index("$begin") < prompt.user.index("$end")


@pytest.mark.parametrize("task", prompts.TASKS)
def test_the_examples_are_in_the_form_of_their_task_and_are_shown(task: str) -> None:
    prompt = prompts.load(task)
    texts = shots.texts(prompt)
    assert len(texts) == len(prompt.examples) >= 2
    for example, text in zip(prompt.examples, texts, strict=True):
        form = FORMS[task].model_validate(example.answer)
        assert form.model_dump_json() in text
        assert all(turn.text in text for turn in example.turns)


def test_every_quote_of_the_reading_examples_is_exact_and_every_claim_would_be_kept() -> None:
    levels = []
    for example in prompts.load("read").examples:
        meeting = shots.meeting_of(example)
        claims = claims_of(Reading.model_validate(example.answer), meeting.id)
        for claim in claims:
            fate = claim.recommendation.fate if claim.recommendation else ()
            for turn, quote in [(claim.turn, claim.quote), *((q.turn, q.quote) for q in fate)]:
                assert locate(meeting.turns[turn].text, quote)[0] is Match.EXACT, quote
        findings, rejected = verify(meeting, claims)
        assert (len(findings), rejected) == (len(claims), ())
        assert all(f.claim.commitment.giver for f in findings if f.claim.commitment)
        levels.append([c.topic for c in claims if c.kind == "sign" and c.polarity == "for"])
    assert [] in levels  # one example shows that nothing is a good answer


def test_the_judging_examples_cite_their_own_findings_and_every_level_cites_words() -> None:
    for example in prompts.load("judge").examples:
        findings = shots.findings_of(example)
        judging = Judging.model_validate(example.answer)
        for name, sign in judging.signs:
            cited = [findings[number - 1].claim for number in sign.evidence]
            assert all((c.topic, c.polarity) == (name, "for") for c in cited)
            assert bool(cited) == (sign.level in ("weak", "strong"))
            assert bool(sign.question) == bool(cited)
        numbers = [n for _, part in (*judging.signs, *judging.conditions) for n in part.evidence]
        assert all(1 <= n <= len(findings) for n in numbers)


def test_the_answering_examples_quote_their_passage() -> None:
    answered = []
    for example in prompts.load("answer").examples:
        meeting = shots.meeting_of(example)
        passage = Passage(id="p", meeting_id=meeting.id, revision=1, ordinal=0, turns=meeting.turns, date=meeting.date)
        claims: tuple[Claim, ...] = answers_of(Answering.model_validate(example.answer), [passage])
        findings, rejected = verify_answers({meeting.id: meeting}, claims)
        assert (len(findings), rejected) == (len(claims), ())
        answered.append(bool(claims))
    assert set(answered) == {True, False}


def test_an_example_whose_finding_was_not_said_is_refused(own: Path) -> None:
    edit(
        own / "judge" / "examples.yaml",
        "There's a poster now, in all nine clinics\"",
        "There's no poster now, in all nine clinics\"",
    )
    with pytest.raises(prompts.PromptError, match="words"):
        shots.texts(prompts.load("judge", own))


def test_an_example_that_is_not_in_its_form_is_refused(own: Path) -> None:
    edit(own / "answer" / "examples.yaml", "answered: false", "answered: perhaps")
    with pytest.raises(prompts.PromptError, match="form of answer"):
        shots.texts(prompts.load("answer", own))


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("read/system.md", "$signs", "$sings", "unknown variable sings"),
        ("read/system.md", "$signs", "", "lacks the variable signs"),
        ("read/user.md", "$title", "$client", "unknown variable client"),
        ("judge/user.md", "$findings", "", "lacks the variable findings"),
        ("answer/user.md", "Question:", "Question for $5:", r"no variable"),
        ("answer/examples.yaml", "question:", "quest:", "cannot be read"),
        ("read/examples.yaml", "side: theirs", "side: them", "cannot be read"),
        ("read/examples.yaml", "- shows", "shows", "cannot be read"),
        ("read/user.md", "$end\n", "", "lacks the variable end"),
        ("read/user.md", "$part", "$part $turns", r"\$begin once before the material"),
        ("judge/user.md", "$begin", "$begin $begin", r"\$begin once before the material"),
        ("answer/user.md", "$end\n", "$end\n${passages}\n", r"\$end once after it"),
    ],
)
def test_a_prompt_that_is_wrong_fails_when_it_is_loaded(own: Path, file: str, old: str, new: str, says: str) -> None:
    edit(own / file, old, new)
    with pytest.raises(prompts.PromptError, match=says):
        prompts.load(file.split("/", maxsplit=1)[0], own)


def test_an_own_file_counts_and_the_packaged_ones_fill_in_for_the_others(own: Path) -> None:
    edit(own / "read" / "system.md", "$signs", "Nobody else says this.\n\n$signs")
    for name in ("user.md", "examples.yaml"):
        (own / "read" / name).unlink()
    shutil.rmtree(own / "judge")
    read, packaged = prompts.load("read", own), prompts.load("read")
    assert "Nobody else says this." in read.system
    assert (read.user, read.examples) == (packaged.user, packaged.examples)
    assert read.version != packaged.version
    assert prompts.load("judge", own) == prompts.load("judge")


def test_how_an_editor_writes_a_file_is_no_word_of_it(own: Path) -> None:
    for name in prompts.FILES:
        path = own / "read" / name
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert prompts.load("read", own) == prompts.load("read")


def test_a_prompt_may_do_without_examples(own: Path) -> None:
    (own / "read" / "examples.yaml").write_text("# none\n", encoding="utf-8")
    assert wording.check("read", own).examples == ()


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"\xff\xfe\x00", "is not UTF-8"), (b" \n", "is empty"), (b"shows: [", "line 1"), (b"7", "must be a list")],
)
def test_a_file_that_is_no_text_of_ours_is_told(own: Path, content: bytes, says: str) -> None:
    (own / "answer" / "examples.yaml").write_bytes(content)
    with pytest.raises(prompts.PromptError, match=f"answer/examples.yaml .*{says}"):
        prompts.load("answer", own)


def test_a_folder_in_the_place_of_a_file_is_told(own: Path) -> None:
    (own / "read" / "user.md").unlink()
    (own / "read" / "user.md").mkdir()
    with pytest.raises(prompts.PromptError, match=r"read/user\.md cannot be read"):
        prompts.load("read", own)


def test_all_prompts_are_loaded_with_own_copies_laid_over(own: Path) -> None:
    edit(own / "answer" / "user.md", "Question: $question", "They asked: $question")
    loaded = wording.load_all(own)
    assert loaded.keys() == set(prompts.TASKS)
    assert loaded["answer"].user.startswith("They asked:")
    assert loaded["read"] == wording.load_all(None)["read"]


def test_what_is_packaged_would_stand_as_an_own_copy(own: Path) -> None:
    assert all(wording.own_files(task, own) == prompts.FILES for task in prompts.TASKS)
    assert wording.load_all(own) == wording.load_all(None)


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("read/system.md", "$signs", "", "read/system.md lacks the variable signs"),
        ("read/examples.yaml", "strength: weak", "strength: faint", "example 2, .*strength"),
        (
            "judge/examples.yaml",
            "evidence: [1, 2]",
            "evidence: [1, 9]",
            "refers to finding 9 for illusion_of_change; there are 4",
        ),
        ("judge/examples.yaml", "evidence: [1, 2]", "evidence: [1, 3]", "rests illusion_of_change on a finding"),
        ("judge/examples.yaml", "There's a poster now, in all nine clinics\"", "There's no poster now\"", "do not carry"),
        (
            "answer/examples.yaml",
            "You'll have them by Thursday.\"}\n      -",
            "You'll have them by Friday.\"}\n      -",
            "by Friday",
        ),
        ("answer/examples.yaml", "answered: false", "answered: perhaps", "answered"),
    ],
)
def test_an_own_copy_that_would_not_work_is_refused_with_the_next_step(
    own: Path, file: str, old: str, new: str, says: str
) -> None:
    edit(own / file, old, new)
    task, _, name = file.partition("/")
    with pytest.raises(PromptUnusable, match=says) as refused:
        wording.load_all(own)
    assert file in refused.value.message
    assert "\n" not in refused.value.message
    assert refused.value.file == file
    assert f"`analyzer prompts edit {task} --file {name.partition('.')[0]}`" in refused.value.hint


def test_a_reading_example_may_not_teach_a_quote_that_was_not_said(own: Path) -> None:
    path = own / "read" / "examples.yaml"
    quote = next(q for q in re.findall(r'quote: "([^"]{20,})"', path.read_text(encoding="utf-8")))
    edit(path, f'quote: "{quote}"', f'quote: "Never {quote}"')
    with pytest.raises(PromptUnusable, match=r"read/examples\.yaml has an example .* which do not stand"):
        wording.check("read", own)


@pytest.mark.parametrize("task", prompts.TASKS)
def test_the_text_shown_is_all_that_the_model_gets(task: str) -> None:
    texts, prompt = wording.texts(task, None), prompts.load(task)
    assert texts.system == "\n\n".join((prompt.system, *shots.texts(prompt)))
    assert (texts.user, texts.version) == (prompt.user, prompt.version)
    assert texts.tokens > len(texts.system.split())


def test_a_value_that_is_missing_or_unknown_fails_when_it_is_filled_in() -> None:
    prompt = prompts.load("answer")
    with pytest.raises(KeyError):
        prompt.ask(question="?", begin="", end="")
    with pytest.raises(prompts.PromptError, match="turns"):
        prompt.ask(question="?", begin="", end="", passages="", turns="")


def test_a_dollar_in_what_was_said_stays_as_it_is() -> None:
    asked = prompts.load("answer").ask(question="$end?", begin="b", end="e", earlier="", passages="it costs $5 and $question")
    assert "it costs $5 and $question" in asked


@pytest.mark.parametrize("file", ["system.md", "user.md", "examples.yaml"])
def test_the_version_follows_every_file(own: Path, file: str) -> None:
    before = prompts.load("read", own).version
    assert before == prompts.load("read").version
    path = own / "read" / file
    path.write_text(path.read_text(encoding="utf-8") + "\n# and so on\n", encoding="utf-8")
    assert prompts.load("read", own).version != before


def test_the_version_follows_the_texts_of_signs(monkeypatch: pytest.MonkeyPatch) -> None:
    before = prompts.load("judge").version
    monkeypatch.setattr(signs, "SIGNS", signs.SIGNS[:-1])
    assert prompts.load("judge").version != before
