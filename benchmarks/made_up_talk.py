"""Made-up transcripts of any number and length: whose meeting it is, who speaks and what is said follow from its number.

What is said are sentences of the labelled meetings, a few in a row from here and from there, with every seventh of the words that
carry them put for another of the same ending, and each client's own names, places, sums and days: the talk is plausible to the
reader and to the index of words, and hardly a sentence is said twice.
"""

import datetime as dt
import json
import math
import random
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

BANK = Path(__file__).resolve().parent / "meetings"
OURS = ("Priya Raman", "Tom Ellery")  # of the examples' practice.toml
_NAMES = """
    Orla Desmond Pia Lennart Cosima Rufus Tamsin Anselm Bettina Florian Imogen Casper Ottilie Leopold Petra
    Wexcombe Tarrant Oldroyd Vesterby Quillan Brandreth Sorley Lindgate Pomfret Askwith Dunmere Farnaby"""
FIRST_NAMES, LAST_NAMES = (line.split() for line in _NAMES.strip().splitlines())
_OF_CLIENTS = """
    Harwell Tynemouth Ostend Leuven Aarhus Kendal Bremen Lorient Vigo Turku Graz Malmo Derry Lucca Ghent Tartu
    Freight Bakeries Instruments Joinery Seeds Optics Cables Laundry Castings Ferries Paper Valves Textiles"""
PLACES, TRADES = (line.split() for line in _OF_CLIENTS.strip().splitlines())
BIG = "Wexcombe Freight"
ONE_IN = 5  # of the meetings is the big client's
CHANGED = 1 / 7  # of the words of four letters and more
OWN = 0.06  # of the sentences begin with something of the client's own
RUN = (1, 4)  # sentences of a turn
DAYS = 3_650  # that the meetings are spread over
LAST_DAY = dt.date(2026, 6, 30)
SECONDS_A_WORD = 0.36
_WORD = re.compile(r"[A-Za-z]{4,}")
_SENTENCE = re.compile(r"(?<=[.?!])\s+")
_ENDINGS = ("ing", "ed", "ly", "tion", "ment", "ers", "er", "ies", "es", "s")


def client_of(number: int, clients: int) -> str:
    """Whose the meeting is: one in five is the big client's, the others go round, so that all grow together."""
    if number % ONE_IN == 0 or clients == 1:
        return BIG
    at = (number - number // ONE_IN - 1) % (clients - 1)
    name, again = f"{PLACES[at % len(PLACES)]} {TRADES[at % len(TRADES)]}", at // math.lcm(len(PLACES), len(TRADES))
    return f"{name} {again + 1}" if again else name


@dataclass(frozen=True, kw_only=True)
class Transcript:
    """A made-up meeting: its words, and the file of it, as a JSON export has it."""

    words: int
    file: str


@dataclass(frozen=True)
class Talks:
    """The bank of sentences, and what is made of it: the same number always gives the same meeting."""

    bank: Path = BANK

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """Every sentence of three words and more that the labelled meetings have, in the order of the files."""
        texts = [
            turn["text"]
            for path in sorted(self.bank.glob("*.json"))
            for turn in json.loads(path.read_text(encoding="utf-8"))["turns"]
        ]
        return tuple(one for text in texts for one in _SENTENCE.split(text) if len(one.split()) > 2)  # noqa: PLR2004 three words

    @cached_property
    def alike(self) -> dict[tuple[str, bool], list[str]]:
        """The words under their ending, and whether they begin with a capital."""
        found: dict[tuple[str, bool], set[str]] = defaultdict(set)
        for word in _WORD.findall(" ".join(self.sentences)):
            found[_kind(word)].add(word)
        return {kind: sorted(words) for kind, words in found.items()}

    def meeting(self, number: int, words: int, clients: int) -> Transcript:
        """The transcript of one meeting of at least so many words."""
        chance = random.Random(f"meeting {number}")  # noqa: S311 no secret
        client = client_of(number, clients)
        people = random.Random(client)  # noqa: S311 the same people at each meeting of a client
        theirs = [f"{people.choice(FIRST_NAMES)} {last}" for last in people.sample(LAST_NAMES, 4)]
        voices = [*OURS[: chance.randint(1, 2)], *chance.sample(theirs, chance.randint(1, 2))]
        own = (*theirs, *people.sample(PLACES, 3), client)
        turns: list[dict[str, object]] = []
        spoken, clock = 0, 4.0
        who = chance.choice(voices)
        while spoken < words:
            text = self._turn(chance, own)
            length = len(text.split())
            turns.append({"start": round(clock, 1), "speaker": who, "text": text})
            spoken, clock = spoken + length, clock + length * SECONDS_A_WORD + 0.4
            who = chance.choice([one for one in voices if one != who])
        day = LAST_DAY - dt.timedelta(days=(number * 7_919) % DAYS)
        document = {"client": client, "date": day.isoformat(), "title": f"Talk {number} at {own[4]}", "turns": turns}
        return Transcript(words=spoken, file=json.dumps(document))

    def _turn(self, chance: random.Random, own: Sequence[str]) -> str:
        at = chance.randrange(len(self.sentences))
        said = self.sentences[at : at + chance.randint(*RUN)]
        return " ".join(self._varied(one, chance, own) for one in said)

    def _varied(self, sentence: str, chance: random.Random, own: Sequence[str]) -> str:
        def other(found: re.Match[str]) -> str:
            return chance.choice(self.alike[_kind(found.group())]) if chance.random() < CHANGED else found.group()

        said = _WORD.sub(other, sentence)
        if chance.random() >= OWN:
            return said
        day = LAST_DAY + dt.timedelta(days=chance.randrange(90))
        begun = chance.choice(
            (f"For {chance.choice(own)}, on {day:%A} the {day.day}th:", f"At {chance.randrange(2, 900)} thousand,")
        )
        return f"{begun} {said[0].lower()}{said[1:]}"


def _kind(word: str) -> tuple[str, bool]:
    ending = next((one for one in _ENDINGS if word.endswith(one)), "")
    return ending, word[0].isupper()
