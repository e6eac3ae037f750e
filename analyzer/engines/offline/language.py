"""Which languages a meeting is in: the turn classifier was trained on English alone.

The detector is py3langid. A turn is often too short to tell, so that stretches of turns are told together.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from analyzer.engines.offline.sentences import words
from analyzer.errors import EngineError
from analyzer.model.meetings import Turn

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

ENGLISH = "en"
STRETCH = 200  # characters that are told together
SHORTEST = 40  # characters; of less nothing is told: "yep go for it" passes for Nigerian Pidgin
SURE = 0.60  # the detector's confidence below which a stretch is taken for the language of the rest
_NAMES = {
    "af": "Afrikaans", "ar": "Arabic", "bg": "Bulgarian", "ca": "Catalan", "cs": "Czech", "cy": "Welsh", "da": "Danish",
    "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian", "eu": "Basque", "fa": "Persian",
    "fi": "Finnish", "fr": "French", "ga": "Irish", "gl": "Galician", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian",
    "hu": "Hungarian", "id": "Indonesian", "is": "Icelandic", "it": "Italian", "ja": "Japanese", "ko": "Korean",
    "lb": "Luxembourgish", "lt": "Lithuanian", "lv": "Latvian", "ms": "Malay", "mt": "Maltese", "nb": "Norwegian",
    "nl": "Dutch", "nn": "Norwegian", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian",
    "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili",
    "ta": "Tamil", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What a meeting is spoken in: its main language by name, and the turns (ordinals) in others, `beside` naming those."""

    language: str
    foreign: frozenset[int] = frozenset()
    beside: str = ""

    @property
    def english(self) -> bool:
        """Whether most of it is English."""
        return self.language == _NAMES[ENGLISH]


def spoken(turns: Sequence[Turn]) -> Spoken:
    """The languages of a meeting; one without words counts as English, since it says nothing in another."""
    said: Counter[str] = Counter()
    by_turn: dict[int, str] = {}
    for stretch in _stretches(turns):
        text = " ".join(turn.text for turn in stretch)
        code, confidence = _identifier().classify(text)
        if confidence < SURE or len(text) < SHORTEST:
            continue
        name = name_of(code)
        said[name] += len(text)
        by_turn |= {turn.ordinal: name for turn in stretch}
    main = said.most_common(1)[0][0] if said else name_of(ENGLISH)
    if main != name_of(ENGLISH):
        return Spoken(language=main)
    foreign = {ordinal: name for ordinal, name in by_turn.items() if name != main}
    return Spoken(language=main, foreign=frozenset(foreign), beside=", ".join(sorted(set(foreign.values()))))


def name_of(code: str) -> str:
    """A language's name in English; one that is not in the table is named by its ISO 639 code."""
    return _NAMES.get(code, f'Language "{code}"')


def _stretches(turns: Sequence[Turn]) -> Iterator[list[Turn]]:
    """Turns with words of one speaker, `STRETCH` characters together: the two sides may speak two languages.

    What is left of all speakers is told together, unless it is too short to tell and there was more before it.
    """
    said: dict[str, list[Turn]] = {}
    told = False
    for turn in turns:
        if not words(turn.text):
            continue
        stretch = said.setdefault(turn.speaker, [])
        stretch.append(turn)
        if sum(len(t.text) for t in stretch) >= STRETCH:
            yield said.pop(turn.speaker)
            told = True
    rest = [turn for stretch in said.values() for turn in stretch]
    if rest and (not told or sum(len(t.text) for t in rest) >= STRETCH):
        yield rest


@cache
def _identifier() -> "LanguageIdentifier":
    """The detector, loaded at the first meeting: that takes most of a second. Raises EngineError."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    try:
        return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    except OSError as error:  # it is unpacked into a file for a moment
        told = f"the detector of languages cannot be unpacked: {error.strerror or error}"
        raise EngineError(told, "make room where temporary files go (TMPDIR), then repeat the command") from error
