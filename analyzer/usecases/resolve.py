"""Which client, meeting or sign is meant: exact client, exact meeting, unique prefix; and the client that goes unsaid."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

from analyzer.errors import Ambiguous, NeedsClient, NotFound
from analyzer.model.meetings import Client
from analyzer.names import fold_text
from analyzer.signs import SIGNS, Sign
from analyzer.store import MeetingHead, Store

ARTICLES = frozenset(["the", "a", "an", "der", "die", "das", "den", "el", "la", "los", "las", "le", "les", "il", "lo", "het"])
_BEGIN = (
    "`analyzer clients` and `analyzer meetings` list what there is; `analyzer clients set NAME --stage prospect --new` begins one"
)
NAME_LETTERS = 3  # fewer letters than this may be any word
SHOWN = 5  # more names than this in one error line help nobody


def client_or_meeting(store: Store, ref: str) -> Client | MeetingHead:
    """What `ref` names: a client before a meeting, since a meeting's slug begins with its client's.

    Raises NotFound with the nearest names, or Ambiguous with the ones that fit.
    """
    if not ref.strip():
        raise NotFound("no client or meeting was named", "`analyzer clients` lists what there is")
    if called := store.client_called(ref) or store.meeting_called(ref):
        return called
    clients, heads = store.clients(), store.meetings()
    folded = fold_text(ref)
    fitting: list[Client | MeetingHead] = [
        known for known in clients if known.slug.startswith(ref.lower()) or fold_text(known.name).startswith(folded)
    ]
    fitting = fitting or [head for head in heads if head.slug.startswith(ref.lower())]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise Ambiguous(f"{ref!r} fits {_some(found.slug for found in fitting)}", "give one of them in full")
    near = get_close_matches(ref.lower(), [*(c.slug for c in clients), *(h.slug for h in heads)], n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else _BEGIN
    raise NotFound(f"no client or meeting is called {ref!r}", hint)


def client(store: Store, ref: str) -> Client:
    """The client that `ref` names; a meeting's name stands for its client's only in errors."""
    found = client_or_meeting(store, ref)
    if isinstance(found, Client):
        return found
    whose = f"its client is {found.client_name}" if found.client_name else "it is filed under no client"
    raise NotFound(f"{ref!r} is a meeting, not a client", whose)


def meeting(store: Store, ref: str) -> MeetingHead:
    """The meeting that `ref` names. A client's name is Ambiguous with its meetings, unless there is just one."""
    found = client_or_meeting(store, ref)
    if not isinstance(found, Client):
        return found
    heads = store.meetings(found.id)
    if len(heads) == 1:
        return heads[0]
    if not heads:
        raise NotFound(f"{found.name} has no meetings", "`analyzer upload FILE --client NAME` adds one")
    raise Ambiguous(f"{found.name} has {len(heads)} meetings: {_some(h.slug for h in heads)}", "give one of them")


def sign(ref: str) -> Sign:
    """The warning sign that `ref` names: its id, its number, or how its title or id begins, with or without an article.

    Raises NotFound with all signs, or Ambiguous with the ones that fit.
    """
    said = _spaced(ref)
    exact = [one for one in SIGNS if said in (str(one.number), _spaced(one.id), _spaced(one.title))]
    fitting = exact or [one for one in SIGNS if said and any(name.startswith(said) for name in _names(one))]
    if len(fitting) == 1:
        return fitting[0]
    listed = "; ".join(f"{one.number} {one.title}" for one in fitting or SIGNS)
    if fitting:
        raise Ambiguous(f"{ref!r} fits {listed}", "give its number")
    raise NotFound(f"no sign is called {ref!r}", f"these are known: {listed}")


def _names(one: Sign) -> tuple[str, ...]:
    title = _spaced(one.title)
    first, _, rest = title.partition(" ")
    return (_spaced(one.id), title, *([rest] if first in ARTICLES else []))


def _spaced(name: str) -> str:
    return fold_text(name.replace("_", " ").replace("-", " "))


def clients_asked(store: Store, question: str, ref: str | None, *, everyone: bool) -> tuple[Client, ...]:
    """Whose meetings to look through: as said, else the only client, else the one whose name stands in the question."""
    known = store.clients()
    if not known:
        raise NotFound("there are no meetings yet", "`analyzer upload FILE --client NAME` adds one")
    if everyone:
        return known
    if ref:
        return (client(store, ref),)
    if len(known) == 1:
        return known
    named = [c for c in known if _is_named(c, question)]
    if len(named) == 1:
        return (named[0],)
    raise NeedsClient(
        f"which client? There are {len(known)}: {_some(c.slug for c in known)}",
        "say --client NAME, or --all-clients",
    )


def _is_named(c: Client, question: str) -> bool:
    """Whether the question names the client: in full, or by the first word of the name, written as a name.

    `Northgate` is Northgate Rail, but the `future` is not Future Foods, and `the` is nobody.
    """
    said = list(re.findall(r"[^\W_]+", question))
    whole = re.findall(r"[^\W_]+", fold_text(c.name))
    folded = [fold_text(word) for word in said]
    if whole and any(folded[at : at + len(whole)] == whole for at in range(len(folded))):
        return len("".join(whole)) >= NAME_LETTERS
    first = next((word for word in whole if word not in ARTICLES), "")
    return len(first) >= NAME_LETTERS and any(fold_text(word) == first and word[0].isupper() for word in said)


def _some(slugs: Iterable[str]) -> str:
    names = list(slugs)
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more
