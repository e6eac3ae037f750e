"""Our own side, as `practice.toml` has it: checked, and edited so that a slip loses nothing and changes nothing.

An edit works on a draft beside the file, which takes the file's place only when it can be read.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from analyzer.errors import PracticeError, SettingsError
from analyzer.model.our_side import ItemTold, NotAClient, PersonTold, PracticeChecked, PracticeEdited
from analyzer.model.results import Failure
from analyzer.practice import STALE_AFTER_DAYS, Item, Practice, Share, load, means, template
from analyzer.private_files import make_folder
from analyzer.relationship.words import count, day
from analyzer.usecases.sides import out_of_step
from analyzer.usecases.writing import refusals_told, write_private
from analyzer.workspace import Workspace

_DRAFT, _BEFORE = "practice-draft.toml", "practice-before.toml"
_SHARED = {Share.NEVER: "shared with nobody", Share.PARTNERS: "shared with partners", Share.ALL: "shared with every client"}


def check(ws: Workspace) -> PracticeChecked:
    """What is known of our side, what is missing, how old it is, and what nobody may hear. Nothing is changed.

    Raises PracticeError where there is no file, or one that cannot be used.
    """
    path = ws.settings.practice_path
    if not path.exists():
        raise PracticeError("there is no practice.toml yet", "`analyzer init` makes it")
    try:
        practice = load(path)
    except PracticeError as fault:
        raise PracticeError(fault.message, f"{fault.hint} `analyzer practice edit` opens it.") from fault
    as_of = practice.context.as_of
    age = None if as_of is None else (ws.today - as_of).days
    items = [(section, item) for section, some in _sections(practice).items() for item in some]
    return PracticeChecked(
        path=str(path),
        name=practice.name,
        people=tuple(PersonTold(name=person.name, aliases=person.aliases) for person in practice.people),
        items={section: len(some) for section, some in _sections(practice).items()},
        missing=tuple(_missing(practice)),
        as_of=as_of,
        age_days=age,
        is_old=age is not None and age > STALE_AFTER_DAYS,
        with_nobody=tuple(_item(section, item) for section, item in items if item.share is Share.NEVER),
        not_clients=tuple(_not_clients(ws, items)),
    )


def edit(ws: Workspace, opened: Callable[[Path], None], again: Callable[[PracticeError], bool]) -> PracticeEdited:
    """Let a person change `practice.toml`; it is made where there is none.

    `opened` returns when the person has done with the draft; `again` is asked when that cannot be used. If it is to stay so,
    the draft lies beside the file, which is as it was, and the next edit goes on with it. Raises PracticeError where the file
    is no text, SettingsError where the home cannot be written.
    """
    path = ws.settings.practice_path
    draft = path.with_name(_DRAFT)
    with refusals_told(path):
        make_folder(ws.settings.home)
        there = _text(path) if path.exists() else None
        if draft.exists():
            ws.notice("draft", "this went on with the draft that could not be used the last time")
        else:
            write_private(draft, template("", ()) if there is None else there)
        first = _text(draft)
    fault = _edited(draft, opened, again, first, keep=first != there)
    text = _text(draft)
    if text == (first if there is None else there):
        draft.unlink()
        return PracticeEdited(path=str(path), change="unchanged", failure=_failure(fault) if there is not None else None)
    if fault is None and (_text(path) if path.exists() else None) != there:
        fault = PracticeError(f"{path} was changed by another program meanwhile", f"Your version lies in {draft}.")
    if fault is not None:
        return PracticeEdited(path=str(path), change="put_aside", draft=str(draft), failure=_failure(fault))
    return _put_in_place(ws, draft, there)


def _edited(
    draft: Path, opened: Callable[[Path], None], again: Callable[[PracticeError], bool], first: str, *, keep: bool
) -> PracticeError | None:
    """Open the draft until it can be used or the person leaves it; what is wrong with it then.

    `keep` says that it stays where the editor fails, also with nothing changed.
    """
    while True:
        try:
            opened(draft)
        except SettingsError:
            if not keep and _text(draft) == first:
                draft.unlink()
            raise
        try:
            load(draft)
        except PracticeError as fault:
            if not again(fault):
                return fault
        else:
            return None


def _put_in_place(ws: Workspace, draft: Path, there: str | None) -> PracticeEdited:
    """Let the draft be the file, and the file as it was lie beside it."""
    path = ws.settings.practice_path
    before = _readable(path)
    with refusals_told(path):
        if there is not None:
            write_private(path.with_name(_BEFORE), there)
        write_private(path, _text(draft))
        draft.unlink()
    behind = out_of_step(ws, ws.store.meetings()) if ws.settings.record_path.exists() else []
    if behind:
        older = f"{count(len(behind), 'older meeting')} with one of your people on another side"
        ws.notice("sides_behind", f"{older}: `analyzer sides --from-practice` puts it right")
    return PracticeEdited(
        path=str(path),
        change="changed",
        told=tuple(_changes(before, load(path))),
        before=str(path.with_name(_BEFORE)) if there is not None else None,
    )


def _changes(before: Practice, now: Practice) -> Iterator[str]:
    """What counts otherwise now, a line each."""
    if before.name != now.name:
        yield f"the practice is called {now.name or 'nothing'}" + (f" (before: {before.name})" if before.name else "")
    were, are = ({person.name: person.aliases for person in some.people} for some in (before, now))
    yield from (f"ours now: {_known_as(name, are[name])}" for name in are if name not in were)
    yield from (f"no longer ours: {name}" for name in were if name not in are)
    yield from (_known_as(name, are[name]) for name in are if name in were and are[name] != were[name])
    old, new = _sections(before), _sections(now)
    for section in new:
        yield from _changed_items(section, {item.text: item for item in old[section]}, {item.text: item for item in new[section]})
    if before.context.as_of != now.context.as_of:
        was, today = (day(some.context.as_of) if some.context.as_of else "no day" for some in (before, now))
        yield f"context as of {today} (before: {was})"


def _changed_items(section: str, old: dict[str, Item], new: dict[str, Item]) -> Iterator[str]:
    yield from (f"{section}: “{text}” is new, {_shared(item)}" for text, item in new.items() if text not in old)
    yield from (f"{section}: “{text}” is gone" for text in old if text not in new)
    for text, item in new.items():
        if text in old and _shared(old[text]) != _shared(item):
            yield f"{section}: “{text}” is {_shared(item)} (before: {_shared(old[text])})"


def _shared(item: Item) -> str:
    but = f", not with {', '.join(item.not_with)}" if item.not_with and item.share is not Share.NEVER else ""
    return f"{_SHARED[item.share]}{but}"


def _known_as(name: str, aliases: tuple[str, ...]) -> str:
    return f"{name}, also known as {', '.join(aliases)}" if aliases else name


def _sections(practice: Practice) -> dict[str, tuple[Item, ...]]:
    """The items by the name of the part in which they stand in the file."""
    context = practice.context
    return {
        "offers": practice.offers,
        "conditions": practice.conditions,
        "wants": practice.wants,
        "context.in_hand": context.in_hand,
        "context.capacity": context.capacity,
        "context.hard": context.hard,
        "context.building": context.building,
    }


def _missing(practice: Practice) -> Iterator[str]:
    if not practice.name.strip():
        yield "name"
    if not practice.people:
        yield "people"
    yield from (section for section, items in _sections(practice).items() if not items)
    if practice.context.as_of is None:
        yield "context.as_of"


def _not_clients(ws: Workspace, items: list[tuple[str, Item]]) -> Iterator[NotAClient]:
    clients = ws.store.clients() if ws.settings.record_path.exists() else ()
    for section, item in items:
        for name in item.not_with:
            if not any(means(name, client) for client in clients):
                yield NotAClient(name=name, item=_item(section, item))


def _item(section: str, item: Item) -> ItemTold:
    return ItemTold(section=section, text=item.text, share=item.share.value, not_with=item.not_with)


def _readable(path: Path) -> Practice:
    """The practice of the file; an empty one where it cannot be used."""
    try:
        return load(path)
    except PracticeError:
        return Practice.empty()


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise PracticeError(f"{path} is no UTF-8 text: {error.reason}", "Save it as UTF-8, then try again.") from error


def _failure(fault: PracticeError | None) -> Failure | None:
    return Failure(code=fault.code, message=fault.message, hint=fault.hint) if fault else None
