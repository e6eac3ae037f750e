"""What would be sent to a model, as text: the very words, and about how much it is."""

from rich.console import Group, RenderableType
from rich.text import Text

from analyzer.model.sending import Preview, ReadingPlan, Sending
from analyzer.relationship.words import count
from analyzer.rendering.pieces import table


def plan(result: ReadingPlan) -> RenderableType:
    """Calls and tokens by meeting, and in all."""
    rows = table("meeting", "parts", "calls", "tokens to send, about")
    for row in result.meetings:
        rows.add_row(Text(row.slug), str(row.parts), str(row.calls), f"{row.input_tokens:,}")
    calls = f"{count(result.calls, 'call')} and about {result.input_tokens:,} tokens"
    return Group(
        rows,
        Text(f"In all {calls} to {result.server} (model {result.model}, privacy {result.privacy}); answers come on top."),
        Text("Nothing was sent."),
    )


def preview(result: Preview) -> RenderableType:
    """Every message exactly as it would be sent."""
    head = Text(f"To {result.server} (model {result.model}, privacy {result.privacy}). Nothing was sent.", style="bold")
    later = [
        Text(f"{slug}: a second request follows, with what the first one finds and the turns around it.", style="dim")
        for slug in result.judged_later
    ]
    if not result.sendings:
        return Group(head, Text("There is nothing to send."))
    return Group(head, *(_sending(one) for one in result.sendings), *later)


def _sending(one: Sending) -> RenderableType:
    hidden = ", ".join(f"{number} {kind}" for kind, number in one.replaced.items() if number) or "nothing"
    kept = "; its answer is there already, so it is not sent again" if one.kept else ""
    head = f"{one.task}: {one.about} (about {one.tokens:,} tokens; replaced: {hidden}{kept})"
    return Group(Text(""), Text(head, style="bold"), Text("[system]"), Text(one.system), Text("[user]"), Text(one.user))
