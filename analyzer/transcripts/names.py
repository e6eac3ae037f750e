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

from analyzer.transcripts.clock import CLOCK

_LABEL = re.compile(
    r"(?P<label>[^:\uff1a]{1,80}?)"
    rf"(?:\s*[(\[]\s*(?P<clock>{CLOCK})\s*[)\]])?"
    r"\s*(?:\uff1a|:(?=\s|$|[\u2e80-\uffef]))\s*(?P<rest>.*)",
    re.DOTALL,
)
_HEADINGS = """
note notes nb summary recap overview agenda attendees participants apologies invitees date location subject title topic topics
transcript transcription recording duration meeting action actions todo to-do decision decisions outcome outcomes conclusion
conclusions risks highlights chapters keywords organiser organizer zusammenfassung notiz notizen datum teilnehmer
betreff r\u00e9sum\u00e9 compte-rendu resumen notas asistentes
"""
_LONGER_HEADINGS = """
action item;action items;next step;next steps;follow up;follow-up;follow ups;key points;key takeaways;key decisions;meeting notes;
meeting summary;executive summary;open questions;to do;view recording;full transcript;meeting transcript
"""
_NOT_SPEECH = frozenset(_HEADINGS.split()) | {heading.strip() for heading in _LONGER_HEADINGS.split(";")}
_OTHER_WORDS = """
present when where time place link url http https mailto email e-mail tel phone www file remember important background context
example warning tip ps re fw cc bcc from to sent kind region style language company project
"""
_ROLES_OR_FIELDS = frozenset({"client", "customer", "host", "consultant", "coach"})  # once, it is a field of the heading
_NEVER_NAMES = _NOT_SPEECH | frozenset(_OTHER_WORDS.split()) | {"for example"}
_SENTENCE_OPENERS = """
i we you he she they it this that these those there here my our your his her their its and or but so because if then now when
while what why how who which whose yes yeah yep nope okay ok well also just like let's lets first second third firstly secondly
finally lastly not in on at for with as by from into about after before is are was were be been do does did can could should
would must might shall has have had please sorry thanks thank hello hi hey maybe perhaps actually basically the a an some any
every each all both only even still again once
"""
_NEVER_FIRST = frozenset(_SENTENCE_OPENERS.split())
_COUNTED = "step option question slide phase part chapter section item point page number week day version figure table"
_NUMBERED_THINGS = frozenset(_COUNTED.split())
_SMALL_WORDS = """
de da das do dos du di del della der den des van von vom zu zum zur la le les el al bin ibn ben bint y e i und and of the ter
ten te af av mac
"""
_PARTICLES = frozenset(_SMALL_WORDS.split())
_SENTENCE_MARKS = re.compile(r"[?!;\u201c\u201d\"\u3002\uff01\uff1f\u3001{}<>|=]|\.{2,}|\.\s+[a-z]")
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_DIAL_IN = re.compile(r"(?!\d{4}-\d)\+?[\d*][\d\s().*\u2022-]{4,}")
_INNER_CAPITAL = re.compile(r"[dl]['\u2019]\w{2}|[a-z]{1,2}[A-Z]")  # d'Angelo, iPhone
_HANDLE = re.compile(r"[^\W\d][\w.@+-]*(?: \d{1,3})?")
_MAX_WORDS = 6
_MAX_UNSPACED = 12


class Shape(IntEnum):
    """How much a label looks like a name; HANDLE is a lower-case word such as `dana` or `spk_0`."""

    NO = 0
    HANDLE = 1
    NAME = 2


@dataclass(frozen=True, slots=True)
class Label:
    """`Name: words` taken apart; `clock` is a time given in brackets after the name."""

    name: str
    rest: str
    clock: str | None
    shape: Shape


def split_label(line: str) -> Label | None:
    """The label at the start of a line and what follows it; None where there is none that could be a name."""
    match = _LABEL.match(line)
    if match is None:
        return None
    name = " ".join(match["label"].split())
    found = shape(name)
    return Label(name, match["rest"], match["clock"], found) if found else None


def heads_no_speech(label: str) -> bool:
    """Whether a label is the title of something written about the talk, such as `Summary` or `Action items`."""
    return label.strip().casefold() in _NOT_SPEECH


@lru_cache(maxsize=4096)
def shape(label: str) -> Shape:
    """How much a label looks like the name of a person, a room, a telephone or a numbered speaker."""
    bare = _BRACKETS.sub("", label).strip()
    words = bare.replace(",", " ").split()
    if (
        not words
        or len(words) > _MAX_WORDS
        or _SENTENCE_MARKS.search(bare)
        or bare.count(",") > 1
        or bare.casefold() in _NEVER_NAMES
    ):
        return Shape.NO
    if _DIAL_IN.fullmatch(bare):
        return Shape.NAME
    first = words[0].casefold()
    if (first in _NEVER_FIRST and not _is_initial(bare)) or (
        first in _NUMBERED_THINGS and len(words) > 1 and words[1][0].isdigit()
    ):
        return Shape.NO
    if not any(c.isalpha() for c in bare):
        return Shape.NO
    if all(_is_name_word(word, at) for at, word in enumerate(words)):
        return Shape.NAME
    return Shape.HANDLE if _HANDLE.fullmatch(bare) else Shape.NO


def _is_initial(label: str) -> bool:
    """Interviews on paper have `A:` and `I:` for the two who speak."""
    return len(label) == 1 and label.isupper()


def _is_name_word(word: str, at: int) -> bool:
    letter = next((c for c in word if c.isalnum()), "")
    if not letter:
        return at > 0 and word in {"-", "&", "/", "+", "\u2013"}
    if letter.isdigit():
        return at > 0 and len(word) <= _MAX_WORDS
    if letter.isupper() or letter.istitle():
        return True
    if letter.islower():
        return word.casefold() in _PARTICLES or _INNER_CAPITAL.match(word) is not None
    return len(word) <= _MAX_UNSPACED


@dataclass(frozen=True, slots=True)
class Sighting:
    """A label seen in a file; `opens` says that nothing runs on into it, as the first line of a paragraph or of a cue."""

    label: Label
    opens: bool


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
    names = {s.label.name for s in sightings if _is_trusted(s, times[s.label.name], share)}
    return Trusted(frozenset(names), sum(times[name] for name in names) / places if places else 0.0)


def _is_trusted(sighting: Sighting, times: int, share: float) -> bool:
    if times == 1 and sighting.label.name.casefold() in _ROLES_OR_FIELDS:
        return False
    if sighting.label.shape is Shape.HANDLE:
        return times > 1 and share >= _NEARLY_ALL
    return times > 1 or share >= _MOST or sighting.opens or " " in sighting.label.name


def mostly_named(trusted: Trusted) -> bool:
    """Whether a place without a name has no known speaker (else it goes on with the speaker before it)."""
    return trusted.share >= _MOST
