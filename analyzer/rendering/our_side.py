"""Our own side as text for a terminal: what the practice file says, and what an edit of it changed."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from analyzer.model.our_side import ItemTold, PracticeChecked, PracticeEdited
from analyzer.relationship.words import count
from analyzer.rendering.pieces import day, indented, shortened


def checked(result: PracticeChecked) -> RenderableType:
    """What is known, then what is missing or may be wrong."""
    known = ", ".join(f"{section} {number}" for section, number in result.items.items() if number)
    people = "; ".join(person.name + _also(person.aliases) for person in result.people)
    return Group(
        Text.assemble((result.name or "(no name)", "bold"), f"  {result.path}"),
        indented(Text(f"ours: {people or 'nobody yet, so no side can be told'}"), 2),
        indented(Text(f"items: {known or 'none'}"), 2),
        indented(Text(_age(result), style="yellow" if result.is_old else ""), 2),
        *(indented(line, 2) for line in _doubts(result)),
        Text("analyzer practice edit opens the file.", style="dim"),
    )


def _age(result: PracticeChecked) -> str:
    if result.as_of is None or result.age_days is None:
        return "context: not dated"
    if result.age_days < 0:
        return f"context: as of {day(result.as_of)}, which is still to come"
    old = "; it is time to look at it again" if result.is_old else ""
    return f"context: as of {day(result.as_of)}, {count(result.age_days, 'day')} ago{old}"


def _doubts(result: PracticeChecked) -> Iterator[Text]:
    if result.missing:
        yield Text(f"says nothing yet: {', '.join(result.missing)}")
    for name in dict.fromkeys(wrong.name for wrong in result.not_clients):
        beside = ", ".join(_named(wrong.item) for wrong in result.not_clients if wrong.name == name)
        told = f"not_with: no client on record is called “{name}”, so it keeps nothing from anybody: {beside}"
        yield Text(told, style="yellow")
    if result.with_nobody:
        yield Text("shared with nobody:")
        yield from (Text(f"  {_named(item)}") for item in result.with_nobody)


def _named(item: ItemTold) -> str:
    return f"“{shortened(item.text)}” ({item.section})"


def _also(aliases: tuple[str, ...]) -> str:
    return f" ({', '.join(aliases)})" if aliases else ""


def edited(result: PracticeEdited) -> RenderableType:
    """What counts otherwise now, or where the draft lies."""
    if result.change == "put_aside":
        kept = f"practice.toml is as it was; your version lies in {result.draft}"
        return Text(f"{kept}. `analyzer practice edit` goes on with it; delete it to begin anew.")
    if result.change == "unchanged":
        return Text("Nothing was changed.")
    lines = [Text(line) for line in result.told] or [Text("Nothing that counts is another now.")]
    before = [Text(f"as it was: {result.before}", style="dim")] if result.before else []
    return Group(Text(f"changed {result.path}"), *(indented(line, 2) for line in lines), *before)
