"""Our side: the practice, its people and its own business, as the person keeps them in `practice.toml`.

Two things rest on this file. Who is ours decides whose words can raise a sign, so names are compared by `fold_name`,
which is also how every other part of the product decides that two spellings are one name. And what may be told to
whom is written beside each item (`share`, `not_with`), never guessed: an item that does not say so is shared with nobody.
"""

import datetime as dt
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn, cast

from analyzer.errors import PracticeError
from analyzer.model.meetings import Client
from analyzer.names import fold_name

STALE_AFTER_DAYS = 60
"""How long what we wrote about our own business may be taken as still so."""


class Share(StrEnum):
    """Who may be told an item: nobody, clients that are becoming partners, or anybody."""

    NEVER = "never"
    PARTNERS = "partners"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One of ours, with the other names under which transcripts know them."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line about our business and who may hear it; `not_with` names clients that may not, whatever `share` says."""

    text: str
    share: Share = Share.NEVER
    not_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """How our own business is doing; `as_of` is the day on which it was written down, or None."""

    as_of: dt.date | None = None
    in_hand: tuple[Item, ...] = ()
    capacity: tuple[Item, ...] = ()
    hard: tuple[Item, ...] = ()
    building: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """Our side as `practice.toml` has it: what we offer, what we need to do our best work, what we want to do more of."""

    name: str
    people: tuple[Person, ...] = ()
    offers: tuple[Item, ...] = ()
    conditions: tuple[Item, ...] = ()
    wants: tuple[Item, ...] = ()
    context: Context = Context()

    @classmethod
    def empty(cls) -> "Practice":
        """The practice of a home that has no `practice.toml`: nobody is known to be ours."""
        return cls(name="")

    def is_ours(self, name: str) -> bool:
        """Whether this speaker is one of our people, by name or alias, compared by `fold_name`."""
        folded = fold_name(name)
        return bool(folded) and any(folded == fold_name(known) for p in self.people for known in (p.name, *p.aliases))

    def only(self, name: str) -> "Practice":
        """The practice with nobody in it but the person of that name."""
        return replace(self, people=tuple(p for p in self.people if replace(self, people=(p,)).is_ours(name)))


def means(name: str, client: Client, called: Iterable[str] = ()) -> bool:
    """Whether a name in `not_with` means this client: its name, slug or id, a part of its name, or its name with more.

    `called` is what else the client is or was called, such as before it was renamed, or before another was merged into it.
    """
    folded = fold_name(name)
    words = set(folded.split())
    return bool(folded) and any(
        folded == known.casefold() or words <= parts or parts <= words
        for known in (client.id, client.slug, client.name, *called)
        if (parts := set(fold_name(known.replace("-", " ")).split()))
    )


def load(path: Path) -> Practice:
    """The practice kept in this file; a missing file is an empty practice.

    Raises PracticeError naming the file and the line or the key, with what is expected there.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Practice.empty()
    except (OSError, UnicodeDecodeError) as error:
        raise PracticeError(f"{path} cannot be read: {error}", "It must be a UTF-8 text file that you may read.") from error
    try:
        return _Reader(str(path)).practice(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise PracticeError(f"{path} is not valid TOML: {error}", "Mend that place; text stands in double quotes.") from error


class _Reader:
    """Turns the parsed file into a Practice, refusing what it does not know by name."""

    def __init__(self, file: str) -> None:
        self.file = file

    def practice(self, table: dict[str, object]) -> Practice:
        self._known(table, "", ("name", "people", "offers", "conditions", "wants", "context"))
        return Practice(
            name=self._text(table.get("name", ""), "name"),
            people=tuple(self._person(value, f"people {n}") for n, value in self._entries(table.get("people", []), "people")),
            offers=self._items(table.get("offers", []), "offers"),
            conditions=self._items(table.get("conditions", []), "conditions"),
            wants=self._items(table.get("wants", []), "wants"),
            context=self._context(table.get("context", {})),
        )

    def _context(self, value: object) -> Context:
        table = self._table(value, "context", ("as_of", "in_hand", "capacity", "hard", "building"))
        as_of = table.get("as_of")
        if as_of is not None and (not isinstance(as_of, dt.date) or isinstance(as_of, dt.datetime)):
            self._refuse("context.as_of", "a date without quotes, such as 2026-03-01")
        return Context(
            as_of=as_of,
            in_hand=self._items(table.get("in_hand", []), "context.in_hand"),
            capacity=self._items(table.get("capacity", []), "context.capacity"),
            hard=self._items(table.get("hard", []), "context.hard"),
            building=self._items(table.get("building", []), "context.building"),
        )

    def _person(self, value: object, where: str) -> Person:
        table = self._table(value, where, ("name", "aliases"))
        name = self._text(table.get("name", ""), f"{where}: name")
        if not fold_name(name):
            self._refuse(f"{where}: name", "the person's name in quotes")
        return Person(name=name, aliases=self._texts(table.get("aliases", []), f"{where}: aliases"))

    def _items(self, value: object, where: str) -> tuple[Item, ...]:
        return tuple(self._item(entry, f"{where} {n}") for n, entry in self._entries(value, where))

    def _item(self, value: object, where: str) -> Item:
        table = self._table(value, where, ("text", "share", "not_with"))
        text = self._text(table.get("text", ""), f"{where}: text")
        if not text.strip():
            self._refuse(f"{where}: text", "a line of text in quotes")
        share = next((s for s in Share if s == table.get("share", Share.NEVER)), None)
        if share is None:
            self._refuse(f"{where}: share", 'one of "never", "partners", "all"')
        return Item(text=text, share=share, not_with=self._texts(table.get("not_with", []), f"{where}: not_with"))

    def _entries(self, value: object, where: str) -> list[tuple[int, object]]:
        if not isinstance(value, list):
            self._refuse(where, f"entries that each begin with [[{where}]]")
        return list(enumerate(value, start=1))

    def _table(self, value: object, where: str, known: Sequence[str]) -> dict[str, object]:
        if not isinstance(value, dict):
            self._refuse(where, f"a table with the keys {', '.join(known)}")
        self._known(value, where, known)
        return cast("dict[str, object]", value)

    def _known(self, table: dict[str, object], where: str, known: Sequence[str]) -> None:
        for key in table:
            if key not in known:
                place = f"{where}: {key}" if where else key
                raise PracticeError(f"{self.file}: unknown key {place}", f"Known there: {', '.join(known)}.")

    def _text(self, value: object, where: str) -> str:
        if not isinstance(value, str):
            self._refuse(where, "text in quotes")
        return value

    def _texts(self, value: object, where: str) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            self._refuse(where, 'a list of texts, such as ["Dana", "D. Hale"]')
        return tuple(value)

    def _refuse(self, where: str, expected: str) -> NoReturn:
        raise PracticeError(f"{self.file}: {where} must be {expected}", "Correct that entry.")


def template(name: str, people: Sequence[str]) -> str:
    """The text of a first `practice.toml` for these people, commented so that it can be filled in without a manual."""
    quoted = "\n\n".join(_PERSON.format(_quoted(person)) for person in people)
    return _TEMPLATE.format(name=_quoted(name), people=quoted or _NOBODY_YET)


def add_person(text_of_toml: str, name: str) -> str:
    """The file's text with one more person of ours; comments stay, and a person who is known already changes nothing.

    Raises PracticeError where the text is no practice file.
    """
    import tomlkit
    from tomlkit.items import AoT, Array

    try:
        practice = _Reader("practice.toml").practice(tomllib.loads(text_of_toml))
    except tomllib.TOMLDecodeError as error:
        raise PracticeError(f"practice.toml is not valid TOML: {error}", "Mend that place, then try again.") from error
    if practice.is_ours(name):
        return text_of_toml
    document = tomlkit.parse(text_of_toml)
    person = {"name": name, "aliases": []}
    match document.get("people"):
        case AoT() as people:
            table = tomlkit.table()
            table.update(person)
            _move_what_follows(people[-1].value.body, table.value.body)
            people.append(table)
        case Array() as people:
            inline = tomlkit.inline_table()
            inline.update(person)
            people.append(inline)
        case _:
            return f"{text_of_toml.rstrip()}\n\n{_PERSON.format(_quoted(name))}\n".lstrip()
    return tomlkit.dumps(document)


def _move_what_follows(last: list[Any], new: list[Any]) -> None:
    """What stands after the first blank line below the last person belongs to the next part of the file, not to the person."""
    import tomlkit.items

    after = max((n for n, (key, _) in enumerate(last) if key is not None), default=-1) + 1
    blank = next((n for n in range(after, len(last)) if isinstance(last[n][1], tomlkit.items.Whitespace)), len(last))
    new += last[blank:] if blank < len(last) else [(None, tomlkit.nl())]
    del last[blank:]
    last.append((None, tomlkit.nl()))


def _quoted(text: str) -> str:
    import tomlkit

    return tomlkit.item(text).as_string()


_PERSON = "[[people]]\nname = {}\naliases = []"
_NOBODY_YET = '# [[people]]\n# name = "Your Name"\n# aliases = ["You", "Y. Name"]'

_TEMPLATE = """\
# Our side. Analyzer reads this file; nothing in it leaves this machine unless an item below says who may hear it.

# The name of the practice.
name = {name}

# Who is ours. A speaker with one of these names (or aliases) is on our side in every transcript; case and accents do
# not matter. Aliases are the other names that recorders give you: a first name, initials, the name of a device.
{people}

# Everything below is optional. Each item has a text and may say who may hear it:
#   share = "never"      nobody; it stays in your private briefs (this is the default)
#   share = "partners"   clients with whom the relation has become, or leans towards, a partnership
#   share = "all"        every client
#   not_with = ["Acme"]  but not these clients, whatever share says

# What we offer. A brief tells which offers a client has never used.
# [[offers]]
# text = "Pricing reviews"
# share = "all"

# What we need in order to do our best work. A brief holds each client against it.
# [[conditions]]
# text = "We talk to the people who do the work, not only to those who lead it"
# share = "partners"

# What we would like to do more of.
# [[wants]]
# text = "Work with founders through their first hand-over"
# share = "partners"

# How our own business is doing; partners tell each other. A brief says so when as_of has grown older than 60 days.
[context]
# as_of = 2026-03-01

# Work in hand.
# [[context.in_hand]]
# text = "Two assessments in manufacturing until the summer"
# share = "partners"
# not_with = []

# Capacity that is free, by month.
# [[context.capacity]]
# text = "April: six days free"
# share = "partners"

# What is hard just now.
# [[context.hard]]
# text = "Finding a second analyst"
# share = "never"

# What we are building.
# [[context.building]]
# text = "A short diagnostic that can be done in one morning"
# share = "all"
"""
