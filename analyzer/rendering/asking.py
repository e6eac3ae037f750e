"""What a session of questions shows beside its answers."""

from rich.console import Group, RenderableType
from rich.text import Text

from analyzer.model.insight import Answer
from analyzer.rendering.pieces import day, moment

HELP = (
    ("/client NAME", "ask about this client from now on; without a name, tell which one it is"),
    ("/sources", "where the last answer comes from"),
    ("/help", "this list"),
    ("/quit", "end; so do Ctrl-D and Ctrl-C twice"),
)


def welcome(client: str) -> RenderableType:
    """How to begin."""
    about = f" with {client}" if client else ""
    return Text(f"Ask about past meetings{about}; a question may follow up the one before. /help tells more.", style="dim")


def guide() -> RenderableType:
    """The commands of a session."""
    width = max(len(command) for command, _ in HELP)
    return Text("\n".join(f"{command:<{width}}  {what}" for command, what in HELP))


def taken(question: str) -> RenderableType:
    """How a question that leans on the one before was taken."""
    return Text(f"Understood as: {question}", style="dim")


def missing(why: str) -> RenderableType:
    """Why there is nothing to ask."""
    return Text(f"Not clear what is meant: {why}. Please ask it in full.")


def about(client: str, known: tuple[str, ...]) -> RenderableType:
    """Which client is asked about, and who else there is."""
    now = f"About {client}." if client else "About no client in particular yet."
    return Group(Text(now), Text(f"Clients: {', '.join(known)}", style="dim"))


def sources(result: Answer | None) -> RenderableType:
    """The places of the words that the last answer rests on, or of the nearest passages, and the meetings looked into."""
    if result is None:
        return Text("Nothing was asked yet.")
    by_id = {s.id: s for s in result.sources}
    cited = [(by_id[e.meeting], e) for e in result.citations if e.meeting in by_id]
    places = [
        f"[{n}] {e.speaker or '(no name)'}, {s.client_name}, {moment(s.date, e.start if e.heard_at is None else e.heard_at)}"
        f"   analyzer show {s.slug} --turn {e.turn}"
        for n, (s, e) in enumerate(cited, start=1)
    ]
    places = places or [
        f"{h.client_name}, {moment(h.date, h.heard_at)}   analyzer show {h.slug} --turn {h.turn}" for h in result.nearest
    ]
    looked = "; ".join(f"{s.slug} ({day(s.date)})" for s in result.sources)
    rest = f"Looked into: {looked}." if looked else "No meeting was looked into."
    return Group(*map(Text, places), Text(rest, style="dim"))
