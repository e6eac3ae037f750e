"""Which client or meeting is meant: exact client, exact meeting, unique prefix; and the client that goes unsaid."""

from collections.abc import Iterable
from difflib import get_close_matches

from analyzer.errors import Ambiguous, NeedsClient, NotFound
from analyzer.model.meetings import Client
from analyzer.practice import fold_text
from analyzer.store import MeetingHead, Store

SHOWN = 5  # more names than this in one error line help nobody


def client_or_meeting(store: Store, ref: str) -> Client | MeetingHead:
    """What `ref` names: a client before a meeting, since a meeting's slug begins with its client's.

    Raises NotFound with the nearest names, or Ambiguous with the ones that fit.
    """
    clients, heads = store.clients(), store.meetings()
    if not ref.strip():
        raise NotFound("no client or meeting was named", "`analyzer clients` lists what there is")
    for known in clients:
        if ref in (known.id, known.slug) or fold_text(ref) == fold_text(known.name):
            return known
    for head in heads:
        if ref in (head.id, head.slug):
            return head
    fitting: list[Client | MeetingHead] = [known for known in clients if known.slug.startswith(ref.lower())]
    fitting = fitting or [head for head in heads if head.slug.startswith(ref.lower())]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise Ambiguous(f"{ref!r} fits {_some(found.slug for found in fitting)}", "give one of them in full")
    near = get_close_matches(ref.lower(), [*(c.slug for c in clients), *(h.slug for h in heads)], n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else "`analyzer clients` and `analyzer meetings` list what there is"
    raise NotFound(f"no client or meeting is called {ref!r}", hint)


def client(store: Store, ref: str) -> Client:
    """The client that `ref` names; a meeting's name stands for its client's only in errors."""
    found = client_or_meeting(store, ref)
    if isinstance(found, Client):
        return found
    raise NotFound(f"{ref!r} is a meeting, not a client", f"its client is {found.client_name}")


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
    folded = f" {fold_text(question)} "
    named = [c for c in known if f" {fold_text(c.name)} " in folded or _names_first_word(c, folded)]
    if len(named) == 1:
        return (named[0],)
    raise NeedsClient(
        f"which client? There are {len(known)}: {_some(c.slug for c in known)}",
        "say --client NAME, or --all-clients",
    )


def _names_first_word(c: Client, folded_question: str) -> bool:
    """Whether the first word of the client's name stands alone in the question: `Northgate` for Northgate Rail."""
    words = "".join(ch if ch.isalnum() else " " for ch in folded_question).split()
    return fold_text(c.name).split()[0] in words


def _some(slugs: Iterable[str]) -> str:
    names = list(slugs)
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more
