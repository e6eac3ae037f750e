"""What is sent to a client, as finished bytes: drawn, read back as text, and looked through before anybody gets it."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from analyzer.errors import AnalyzerError
from analyzer.model.agenda import Agenda, Recap, Withheld
from analyzer.relationship.words import count
from analyzer.rendering import agenda_page, recap_page
from analyzer.rendering.formats import DocumentFormat, drawn, text_of
from analyzer.rendering.page_terminal import Drawn, as_written
from analyzer.rendering.page_terminal import page as on_terminal
from analyzer.rendering.pages import Page
from analyzer.usecases.leaks import Hit, PrivateWords, leaks
from analyzer.workspace import Workspace

_REASONS = {
    Withheld.NOBODY_NAMED: "said in meetings, and --with names nobody of theirs who is to read it",
    Withheld.NOT_HEARD_BY_ALL: "said in meetings that {absent} did not attend",
    Withheld.CONFIDENTIAL: "said in confidence, in meetings that {absent} did not attend",
    Withheld.SAID_BY_ABSENT: "said by somebody whom --with does not name",
    Withheld.SENSITIVE: "said where the brief asks for care",
    Withheld.NOT_SHARED: "practice.toml does not share it with {client}",
    Withheld.PRIVATE_WORDS: "it has words that are not for {client}",
    Withheld.NOT_SURE_WHO: "it is not sure who promised it",
    Withheld.NOT_CERTAIN: "it is not certain that it was promised",
    Withheld.LONG_AGO: "promised long ago",
    Withheld.TRIFLE: "a small thing",
    Withheld.WITHIN_ONE_SIDE: "promised within one side",
    Withheld.NO_ROOM: "there are more open promises than such a talk has time for",
}


TOLD = 5  # of what would be told, in one message


class OutgoingFormat(StrEnum):
    """What an agenda can be written as; a recap is no invitation and has no `ics`."""

    MD = "md"
    HTML = "html"
    DOCX = "docx"
    ICS = "ics"


class Leak(AnalyzerError):
    """A document to be sent holds something private; it is not written."""

    code = "leak"


def finished(
    ws: Workspace, document: Agenda | Recap, form: OutgoingFormat, private: PrivateWords, allowed: Sequence[str] = ()
) -> bytes:
    """The document in its format, as it is sent. Raises Leak when what was drawn would tell something private."""
    page = _page(document)
    if isinstance(document, Agenda) and form is OutgoingFormat.ICS:
        from analyzer.rendering import ics

        data = ics.agenda(document, page, ws.now())
        text = ics.text_of(data)
    else:
        data = drawn(page, DocumentFormat(form.value), ws.now())
        text = text_of(data, DocumentFormat(form.value))
    _look_through(text, document, private, allowed)
    return data


def on_screen(document: Agenda | Recap, private: PrivateWords, allowed: Sequence[str] = ()) -> Drawn:
    """The document as a terminal shows it, from where it may be copied; what a person edited stands there as they wrote it.

    Raises Leak when what is shown would tell something private.
    """
    own = document.edited if isinstance(document, Agenda) else ""
    shown = as_written(own) if own else on_terminal(_page(document))
    _look_through(shown.text, document, private, allowed)
    return shown


def _page(document: Agenda | Recap) -> Page:
    return agenda_page.page(document) if isinstance(document, Agenda) else recap_page.page(document)


def _look_through(text: str, document: Agenda | Recap, private: PrivateWords, allowed: Sequence[str]) -> None:
    if found := leaks(text, forbidden=private, allowed=allowed):
        kind = "agenda" if isinstance(document, Agenda) else "recap"
        raise leak(f"the {kind}", document.client, found, "Nothing was written.")


def leak(what: str, client: str, found: Sequence[Hit], then: str) -> Leak:
    """What would be told, each with its place as far as it is not much, and how one can be let pass."""
    listed = "; ".join(f"line {hit.line}: {hit}" for hit in found[:TOLD])
    more = f"; and {len(found) - TOLD} more" if len(found) > TOLD else ""
    told = f"{what} would tell {client} something private, in {listed}{more}"
    return Leak(told, f'{then} --allow "{found[0].words}" lets {"the first" if found[1:] else "this one"} pass')


def tell_left_out(ws: Workspace, client: str, left_out: Mapping[Withheld, int], absent: Sequence[str] = ()) -> None:
    """Say what was left out of a document for this client and why, as notices; `absent` are those who were not there."""
    names = [*([", ".join(absent[:-1])] if absent[1:] else []), *absent[-1:]]
    for why, number in sorted(left_out.items()):
        reason = _REASONS[why].format(absent=" or ".join(names), client=client)
        shown = "" if why is Withheld.NOT_SHARED else "; the brief shows them"  # that file is ours, and nobody has to look it up
        ws.notice("left_out", f"{count(number, 'item')} left out: {reason}{shown}")
