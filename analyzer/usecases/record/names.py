"""Who is named in a question for the record: a side, a client, or somebody who spoke; and how a question is made plain."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from analyzer.model.meetings import Client, Side
from analyzer.names import fold_name, fold_text
from analyzer.practice import Practice
from analyzer.store import MeetingHead
from analyzer.usecases import resolve

NAME_LETTERS = 3  # fewer letters than this may be any word


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who is named: one side, or one client (`clients`, ids) or all (`everyone`), or a person as the question calls them.

    `name` is that of the only voice which the person can be, as the meetings have it; empty where there are several.
    """

    side: Side
    clients: frozenset[str] = frozenset()
    everyone: bool = False
    person: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Whom and what a question may name: clients, the meetings of these clients, and our side."""

    clients: Sequence[Client]
    heads: Sequence[MeetingHead]
    practice: Practice = field(default_factory=Practice.empty)


def party_called(text: str, known: Known) -> Party | None:
    """Who is called so; None where the record knows nobody of that name."""
    called = re.sub(r"'s?$", "", text)
    if called in _US or (known.practice.name and called == fold_text(known.practice.name)):
        return Party(side=Side.OURS)
    if called in _THEM:
        return Party(side=Side.THEIRS)
    if called in _EVERYONE:
        return Party(side=Side.THEIRS, everyone=True)
    clients = _clients(called, known)
    if clients:
        return Party(side=Side.THEIRS, clients=clients)
    called = _TITLE.sub("", called)
    voices = {
        (speaker.name, speaker.side) for head in known.heads for speaker in head.speakers if is_called(called, speaker.name)
    }
    sides = {side for _, side in voices}
    if not sides:
        return Party(side=Side.OURS, person=called) if _is_ours(called, known) else None
    side = Side.OURS if sides == {Side.OURS} else Side.THEIRS
    names = {name for name, _ in voices}
    return Party(side=side, person=called, name=names.pop() if len(names) == 1 else "")


def _is_ours(name: str, known: Known) -> bool:
    return any(is_called(name, other) for person in known.practice.people for other in (person.name, *person.aliases))


def is_called(name: str, speaker: str) -> bool:
    """Whether every word of the name is in the speaker's: `bukola` is Bukola Adeyemi."""
    words = fold_name(name).split()
    return bool(words) and len("".join(words)) >= NAME_LETTERS - 1 and set(words) <= set(fold_name(speaker).split())


def _clients(called: str, known: Known) -> frozenset[str]:
    """The clients of this name: in full, as its slug, or by the words with which it begins, one of them at least."""
    bare = re.sub(r" (?:team|people|side|folks|lot)$", "", called)
    if bare != called or not bare.startswith("the "):  # "the board" is not Board Games Ltd
        bare = re.sub(r"^(?:our client|client|the) ", "", bare)
    words = words_of(bare)
    if len("".join(words)) < NAME_LETTERS:
        return frozenset()
    exact = frozenset(c.id for c in known.clients if bare == c.slug or words == words_of(c.name))
    return exact or frozenset(c.id for c in known.clients if _begins(words_of(c.name), words))


def _begins(name: list[str], words: list[str]) -> bool:
    telling = name[1:] if name and name[0] in resolve.ARTICLES else name
    return name[: len(words)] == words or telling[: len(words)] == words


def words_of(name: str) -> list[str]:
    """The words of a name or a question in the form in which they are compared."""
    return re.findall(r"[^\W_]+", plain(fold_text(name)))


_TITLE = re.compile(r"^(?:mr|mrs|ms|miss|dr|prof|professor|herrn?|frau)\.? ")
_SHORT = {"n't": " not", "'re": " are", "'ve": " have", "'ll": " will", "'d": " would", "'m": " am"}
_ASKING = re.compile(
    r"(?:please|so|and|ok|okay|hey|hi|hello|well|now|but|then|also|just|quickly|remember|any idea|name|show|tell|remind|give"
    r"|(?:(?:a |the )?list of|list)|(?:can|could|would|will) you(?: please)?(?: tell| remind| show| give| list| say)?"
    r"|(?:me|us)(?: again)?(?: of| about)?|do (?:you|we|i) (?:know|remember|recall)"
    r"|i (?:(?:want|need|would like|have) to (?:know|see)|wonder|forgot|forget|am not sure)) "
)
_AFTERWARDS = re.compile(
    r" (?:please|so far|to date|until now|till now|up to now|exactly|precisely|at all|for me|now|right now|currently|yet"
    r"|at the moment|at present|in total|altogether|overall|on record|in the record|on file|then|today|thanks|thank you|again"
    r"|and (?:by )?when(?: (?:is it|are they|was it|were they) due)?"
    r"|and (?:what|how) (?:became|has become|came|happened|has happened|did they do|did it go)"
    r"(?: (?:of|to|with) (?:it|them|that))?)$"
)
_NO_MATTER = re.compile(
    r"\b(?:actually|really|ever|already|exactly|currently|all|still|just|again|please|else|usually|normally|mostly) "
)


def plain(text: str) -> str:
    """A question, folded already, as the wordings have it: contractions in full, no marks, nothing that only asks politely."""
    for short, full in _SHORT.items():
        text = text.replace(short, full)
    text = re.sub(r"\b(who|what|when|where|how)'s\b", r"\1 is", text)
    text = " ".join(re.sub(r"[?!,;:\"“”()…]|\.+(?=\s|$)", " ", text).split())
    while match := _ASKING.match(text):
        text = text[match.end() :]
    text = _NO_MATTER.sub("", f"{text} ").strip()
    while match := _AFTERWARDS.search(text):
        text = text[: match.start()]
    return text


_US = ("we", "us", "i", "me", "our", "my", "our side", "our team", "ours")
_THEM = ("they", "them", "their", "theirs", "their side", "the client", "our client", "this client", "the client's side")
_EVERYONE = (
    "clients",
    "our clients",
    "my clients",
    "the clients",
    "every client",
    "each client",
    "any client",
    "any of our clients",
    "everybody",
    "everyone",
    "anybody",
    "anyone",
)
