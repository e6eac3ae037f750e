"""What a question asks for: its matter, without the words that only ask, and who and when where it names them.

"What did Dawn say about the form last week?" is about the form; the rest says in whose words and of which days. Taken as words to
match, "what", "did", "say" and "about" would stand in every passage. No word of the matter is ever lost, and where nothing
would be left the question stays as it is.

A speaker or a day that a question names narrows the search where the wording can mean nothing else ("what did Dawn say",
"in our last meeting", "in November 2025"); else it only counts, and its words stay.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analyzer.names import fold_name
from analyzer.usecases import scaffolding
from analyzer.usecases.periods import Kind, Period, find_period

LONGEST = 1000  # letters; what is longer was pasted, and is looked for as it is
NAME_LETTERS = 2  # fewer letters than this are an initial, and may be any word
FRAMES = 4  # one within another, as in "tell me who said what we agreed about"


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question as it is understood.

    `matter` is what is looked for; `whole` is the matter with the names and days still in it, for a search that they do not
    narrow. `speakers` are names as they stand among the voices, of which any will do; `period` is what the question says of
    when. Where `speakers_sure` or `period_sure`, the wording can mean nothing else.
    """

    question: str
    matter: str
    whole: str
    speakers: tuple[str, ...] = ()
    speakers_sure: bool = False
    period: Period | None = None
    period_sure: bool = False


def understand(question: str, voices: Iterable[str], today: dt.date) -> Query:
    """What the question asks for. `voices` are the names of those who speak in the meetings searched. Never raises.

    A matter is never empty but for a question without a word.
    """
    text = " ".join(question.split())
    if len(text) > LONGEST:
        return Query(question=question, matter=text, whole=text)
    voices = tuple(dict.fromkeys(voices))
    period = find_period(text, today)
    timeless = _without(text, period) if period else text
    sure = period is not None and _is_sure(text, timeless, period)
    asked = _asked(timeless if sure else text, voices)
    whole = _asked(text, voices).whole
    return Query(
        question=question,
        matter=_first_telling(asked.matter, asked.whole, timeless if sure and scaffolding.has_word(timeless) else text),
        whole=_first_telling(whole, text),
        speakers=asked.speakers or _named(text, voices),
        speakers_sure=bool(asked.speakers),
        period=period,
        period_sure=sure,
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question without the words that only ask; `whole` still has the names of the speakers that it asks about."""

    matter: str
    whole: str
    speakers: tuple[str, ...]


def _asked(text: str, voices: Sequence[str]) -> _Asked:
    rest = scaffolding.without_courtesies(text)
    names: list[str] = []
    speakers: tuple[str, ...] = ()
    for _ in range(FRAMES):
        opened = scaffolding.opened(rest)
        if opened is None:
            break
        found = _called(opened.who, voices)
        if opened.who and not found:
            rest = opened.subject_on
            break
        names += [opened.who] * bool(found)
        speakers = speakers or found
        rest = scaffolding.without_courtesies(opened.rest)
    return _Asked(rest, " ".join((*names, rest)).strip(), speakers)


def _without(text: str, period: Period) -> str:
    before, after = text[: period.start].rstrip(" ,"), text[period.end :].lstrip(" ,")
    return f"{before} {after}".strip()


def _is_sure(text: str, timeless: str, period: Period) -> bool:
    """Whether the phrase can only tell when something was said."""
    before, after = text[: period.start].rstrip(" ,"), text[period.end :]
    if period.kind is Kind.MEETING:
        return not scaffolding.asks_for_a_view(before)
    saying = scaffolding.asks_of_saying(timeless)
    if saying and (not before or scaffolding.ends_in_saying(before)):
        return True
    if scaffolding.looks_ahead(timeless):
        return False
    about_next = scaffolding.begins_with_about(after) and saying
    return about_next or period.kind is Kind.DATED or (period.kind is Kind.TIME and saying)


def _called(who: str, voices: Sequence[str]) -> tuple[str, ...]:
    """The voices that are meant: one name, or several with "and", "or" and commas; none unless each is somebody's."""
    parts = [part for part in re.split(r",? and |,? or |, ", who) if part]
    found = [_voices_of(part, voices) for part in parts]
    return tuple(dict.fromkeys(name for names in found for name in names)) if all(found) else ()


def _voices_of(name: str, voices: Sequence[str]) -> tuple[str, ...]:
    """Whose name it is: in full, or by some of its words; or longer than the name by which the meetings know somebody."""
    words = name_words(name)
    if all(len(word) < NAME_LETTERS for word in words):
        return ()
    known = {voice: _words_of(voice) for voice in voices}
    return (
        tuple(voice for voice, parts in known.items() if parts == words)
        or tuple(voice for voice, parts in known.items() if set(words) <= set(parts))
        or tuple(voice for voice, parts in known.items() if parts and words[: len(parts)] == parts)
    )


def _named(text: str, voices: Sequence[str]) -> tuple[str, ...]:
    """The voices named anywhere: in full, or by the first name, or a last name that only one has, with a capital.

    The word that begins the question has a capital of its own and names nobody, but where there is nothing else than a name.
    """
    said = re.findall(r"[^\W_]+", text)
    folded = [fold_name(word) for word in said]
    capital = {word for plain, word in list(zip(said, folded, strict=True))[1:] if plain[0].isupper()}
    known = {voice: parts for voice in voices if (parts := _words_of(voice))}
    last = Counter(parts[-1] for parts in known.values())
    if alone := tuple(voice for voice, parts in known.items() if set(name_words(text)) <= set(parts)):
        return alone
    in_full, by_one = [], []
    for voice, parts in known.items():
        telling = [parts[0], *([parts[-1]] if last[parts[-1]] == 1 else [])]
        if len(parts) > 1 and any(folded[at : at + len(parts)] == parts for at in range(len(folded))):
            in_full.append(voice)
        elif any(len(one) >= NAME_LETTERS and one in capital for one in telling):
            by_one.append(voice)
    return tuple(in_full or by_one)


def name_words(name: str) -> list[str]:
    """The words of a name, folded, without a title before them."""
    words = _words_of(name)
    return [word for word in words if word not in _TITLES] or words


def _words_of(name: str) -> list[str]:
    return re.findall(r"[^\W_]+", re.sub(r"['\u2019]s?$", "", fold_name(name)))


def _first_telling(*texts: str) -> str:
    """The first text with a word that is more than grammar, else the last."""
    return next((text for text in texts if scaffolding.tells(text)), texts[-1])


_TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "the", "herr", "frau", "monsieur", "madame", "mme"}
)
