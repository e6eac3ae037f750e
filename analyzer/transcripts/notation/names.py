"""Who speaks, where a file writes `Name: words`: a conservative rule, since a false name puts words on a wrong side.

A label is first judged by its shape (could it be a name at all), then by the file: one that comes again, or that
stands in a file where most places carry one, or that begins a paragraph, is a name; `Remember: ...` within a long
answer is not. Any script may be a name.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from analyzer.transcripts.notation.clock import CLOCK, MERIDIEM
from analyzer.transcripts.notation.heading_words import KEYS, NOTES, OTHER_FIELDS, TOPICS

_LABEL = re.compile(
    r"(?P<label>[^:\uff1a]{1,80}?)"
    rf"(?:\s*[*_]{{0,3}}[(\[]\s*(?P<clock>{CLOCK}{MERIDIEM})\s*[)\]][*_]{{0,3}})?"
    r"\s*(?:\uff1a|:(?=\s|$|[\u2e80-\uffef]))\s*(?P<rest>.*)",
    re.DOTALL,
)
_LONGEST_LABEL = 120  # with a time and spaces
_BEFORE_WRITTEN = """
ai ai-generated generated automatic auto meeting call conversation discussion session interview quick short brief detailed
executive key main important action next follow follow-up open suggested agreed proposed our my your general overall topic
chapter full complete the of and for from
"""
_QUALIFIERS = frozenset(_BEFORE_WRITTEN.split())
_KINDS_OF_NOTES = """
summary summaries recap overview notes note minutes actions item items points point step steps takeaway takeaways highlights
decisions questions tasks task up ups follow-up follow-ups followups topics chapters outline agenda keywords insights conclusions
to-dos todos
"""
_WRITTEN = frozenset(_KINDS_OF_NOTES.split())
_KINDS_OF_TALK = """
transcript transcription verbatim transkript transkription wortprotokoll transcripci\u00f3n trascrizione transcri\u00e7\u00e3o
transcriptie transkrypcja p\u0159epis \u6587\u5b57\u8d77\u3053\u3057 \u9010\u5b57\u7a3f \u8f6c\u5f55 \u8f49\u9304
"""
_SPOKEN = frozenset(_KINDS_OF_TALK.split())
_BEFORE_SPOKEN = _QUALIFIERS | {"raw", "edited", "cleaned", "audio", "video", "recording", "word-for-word", "automated"}
_ROLES_OR_FIELDS = frozenset(
    {"client", "customer", "host", "consultant", "coach", "author", "owner", "user", "sales", "marketing", "finance", "legal"}
    | {"operations", "security", "logistics", "room", "interviewer", "cliente", "kunde", "klant"}
)  # once, it is a field of the heading
_NEVER_NAMES = NOTES | TOPICS | OTHER_FIELDS | _SPOKEN | {"for example"}
_NOBODY = frozenset(
    {"unknown", "unknown speaker", "unidentified", "unidentified speaker", "unbekannt", "unbekannter sprecher", "inconnu"}
    | {"locuteur inconnu", "desconocido", "hablante desconocido"}
)
_SENTENCE_OPENERS = """
i we you he she they it this that these those there here my our your his her their its and or but so because if then now when
while what why how who which whose yes yeah yep nope okay ok well also just like let's lets first second third firstly secondly
finally lastly not in on at for with as by from into about after before is are was were be been do does did can could should
would must might shall has have had please sorry thanks thank hello hi hey maybe perhaps actually basically the a an some any
every each all both only even still again once no none dear
"""
_NEVER_FIRST = frozenset(_SENTENCE_OPENERS.split())
_COUNTED = "step option question slide phase part chapter section item point page number week day version figure table"
_NUMBERED_THINGS = frozenset(_COUNTED.split())
_SMALL_WORDS = """
de da das do dos du di del della der den des van von vom zu zum zur la le les el al bin ibn ben bint y e i und and of the ter
ten te af av mac
"""
_PARTICLES = frozenset(_SMALL_WORDS.split())
_SPACES = frozenset(" \t\n\u00a0\u3000") | {""}
_SENTENCE_MARKS = re.compile(r"[?!;\u201c\u201d\"\u3002\uff01\uff1f\u3001{}<>=]|\.{2,}|\.\s+[a-z]")
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
# What stands beside a name: `Dana Ortiz <dana@acme.com>`, `Dana Ortiz?`; and within it: `\u201cDee\u201d Ortiz`.
_ADDRESS_OR_DOUBT = re.compile(r"\s*<[^<>\s]{1,80}@[^<>\s]{1,80}>|(?<=\w)\s?\?+$")
_NICKNAME = re.compile(r"[\u201c\"](\w+)[\u201d\"](?= \w)|(?<=\w )[\u201c\"](\w+)[\u201d\"]")
_NUMBER_OF_A_VOICE = re.compile(r"#\d{1,3}|\d{1,2}(?:st|nd|rd|th) [^\W\d_a-z]\w*")  # #1, 1st Caller
_DIAL_IN = re.compile(r"(?!\d{4}-\d)\+?[\d*][\d\s().*\u2022-]{4,}")
_INNER_CAPITAL = re.compile(r"[dl]['\u2019]\w{2}|[a-z]{1,2}[A-Z]")  # d'Angelo, iPhone
_HANDLE = re.compile(r"@?[^\W\d][\w.@+'\u2019-]*(?: [^\W\d][\w.'\u2019-]*)?(?: \d{1,3})?")
_IN_BRACKETS = re.compile(r"[\[(]([^\[\]()]+)[\])]")
_MAX_WORDS = 8
_MAX_DIGITS = 6
_MAX_SIGNS = 3
_MAX_INITIALS = 3
_MAX_UNSPACED = 12


class Shape(IntEnum):
    """How much a label looks like a name; HANDLE is a lower-case word such as `dana` or `spk_0`, or another unlikely one."""

    NO = 0
    HANDLE = 1
    NAME = 2


class Label(NamedTuple):
    """`Name: words` taken apart; `clock` is a time given in brackets after the name."""

    name: str
    rest: str
    clock: str | None
    shape: Shape


def split_label(line: str) -> Label | None:
    """The label at the start of a line and what follows it; None where there is none that could be a name."""
    head = line[:_LONGEST_LABEL]
    if ":" not in head and "\uff1a" not in head:
        return None
    written, colon, rest = line.partition(":")
    if not colon or rest[:1] not in _SPACES or "\uff1a" in written or "(" in written or "[" in written:
        match = _LABEL.match(line)
        if match is None:
            return None
        written, rest, clock = match["label"], match["rest"], match["clock"]
    else:
        rest, clock = rest.lstrip(), None
    name = " ".join(written.split())
    enclosed = _IN_BRACKETS.fullmatch(name)
    if enclosed:
        name = enclosed[1].strip()
    found = shape(name)
    return Label(name, rest, clock, found) if found else None


def heads_no_speech(label: str) -> bool:
    """Whether a label is the title of something written about the talk, such as `Summary` or `Action items`."""
    title = _BRACKETS.sub("", label).strip().casefold()
    words = title.replace("&", " ").split()
    return title in NOTES or (
        len(words) <= _MAX_WORDS and not _WRITTEN.isdisjoint(words) and (_WRITTEN | _QUALIFIERS).issuperset(words)
    )


def heads_speech(label: str) -> bool:
    """Whether a label is the title of the talk itself, such as `Transcript` or `Full transcript`."""
    words = _BRACKETS.sub("", label).casefold().split()
    return len(words) <= _MAX_WORDS and not _SPOKEN.isdisjoint(words) and (_SPOKEN | _BEFORE_SPOKEN).issuperset(words)


def is_nobody(name: str) -> bool:
    """Whether a program writes this where it does not know who speaks."""
    return name.casefold() in _NOBODY or not any(map(str.isalnum, name))


@lru_cache(maxsize=4096)
def shape(label: str) -> Shape:
    """How much a label looks like the name of a person, a room, a telephone or a numbered speaker."""
    bare = _ADDRESS_OR_DOUBT.sub("", _BRACKETS.sub("", label)).replace(";", ",").strip()
    bare = _NICKNAME.sub(lambda match: match[1] or match[2], bare)
    words = bare.replace(",", " ").split()
    if (
        not words
        or len(words) > _MAX_WORDS
        or _SENTENCE_MARKS.search(bare)
        or bare.count(",") > 1
        or bare.casefold() in _NEVER_NAMES
        or bare in KEYS
        or heads_no_speech(bare)
    ):
        return Shape.NO
    if _DIAL_IN.fullmatch(bare) or _NUMBER_OF_A_VOICE.fullmatch(bare) or bare.casefold() in _NOBODY:
        return Shape.NAME
    first = words[0].casefold()
    if first in _NEVER_FIRST:
        return _unlikely(bare, words)
    if first in _NUMBERED_THINGS and len(words) > 1 and words[1][0].isdigit():
        return Shape.NO
    if all(_is_name_word(word, at) for at, word in enumerate(words)):
        return Shape.NAME
    return Shape.HANDLE if _HANDLE.fullmatch(bare) else Shape.NO


def _unlikely(label: str, words: Sequence[str]) -> Shape:
    """What begins as sentences begin may be a name all the same, if it comes again.

    `A:` and `I:` in interviews, `THE CHAIR:`, `AS:` in minutes, `So Young Kim:`, and `You:` for whoever records.
    """
    if (len(label) == 1 or (len(words) > 1 and words[0] == "THE")) and label.isupper():
        return Shape.NAME
    if label == "You" or (label.isupper() and len(label) <= _MAX_INITIALS) or _is_titled(words):
        return Shape.HANDLE
    return Shape.NO


def _is_titled(words: Sequence[str]) -> bool:
    return len(words) > 1 and all(word[0].isupper() for word in words)


def _is_name_word(word: str, at: int) -> bool:
    letter = next((c for c in word if c.isalnum()), "")
    if not letter:
        return at > 0 and len(word) <= _MAX_SIGNS
    if letter.isdigit():
        return at > 0 and len(word) <= _MAX_DIGITS
    if letter.isupper() or letter.istitle():
        return True
    if letter.title() != letter:
        return word.casefold() in _PARTICLES or _INNER_CAPITAL.match(word) is not None
    return len(word) <= _MAX_UNSPACED


class Sighting(NamedTuple):
    """A label seen in a file.

    `opens` says that nothing runs on into it, as the first line of a paragraph or of a cue; `after_sentence` that a
    sentence ended before it, so that it need not run on; `breaks` that its first word would still have found room on the
    line before it, so that whoever wrapped the lines did not put it there.
    """

    label: Label
    opens: bool
    after_sentence: bool = True
    breaks: bool = False


@dataclass(frozen=True, slots=True)
class Trusted:
    """The names that a file uses, and the share of its places (cues, lines) that carry one."""

    names: frozenset[str]
    share: float


_MOST = 0.5  # from here on a place without a name is the exception
_SOME = 0.2  # from here on a file writes names at all
_NEARLY_ALL = 0.8


def trust(sightings: Sequence[Sighting], places: int, *, opening: bool) -> Trusted:
    """Which labels are names in a file of so many places; `opening` says that its first place carries one."""
    share = len(sightings) / places if places else 0.0
    if not opening and share < _SOME:
        return Trusted(frozenset(), share)
    times = Counter(s.label.name for s in sightings)
    running_on = frozenset(s.label.name for s in sightings if not s.after_sentence and s.label.name[0].islower())
    if all(s.label.shape is Shape.HANDLE for s in sightings):
        running_on = frozenset()
    trusted = (s.label.name for s in sightings if _is_trusted(s, times[s.label.name], share))
    names = frozenset(name for name in trusted if name not in running_on)
    return Trusted(names, sum(times[name] for name in names) / places if places else 0.0)


def _is_trusted(sighting: Sighting, times: int, share: float) -> bool:
    if times == 1 and sighting.label.name.casefold() in _ROLES_OR_FIELDS:
        return False
    if sighting.label.shape is Shape.HANDLE:
        return times > 1 and share >= (_SOME if _is_titled(sighting.label.name.split()) else _NEARLY_ALL)
    if times > 1 or sighting.opens or sighting.breaks or " " in sighting.label.name:
        return True
    return share >= (_MOST if sighting.after_sentence else _NEARLY_ALL)


def mostly_named(trusted: Trusted) -> bool:
    """Whether a place without a name has no known speaker (else it goes on with the speaker before it)."""
    return trusted.share >= _MOST
