"""What the commands return that look after `practice.toml`: what it says of us, and what an edit changed."""

import datetime as dt
from dataclasses import dataclass

from analyzer.model.results import Failure


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemTold:
    """One line about our business: the `section` it stands in, who may hear it (`share`: never, partners, all), and who not."""

    section: str
    text: str
    share: str
    not_with: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonTold:
    """One of our people, with the other names under which transcripts know them."""

    name: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotAClient:
    """A name in `not_with` that no client on record has, so that it keeps nothing from anybody."""

    name: str
    item: ItemTold


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeChecked:
    """What is known of our side: `items` counts by section, `missing` names the parts that say nothing yet.

    `age_days` is how long ago the context was written down (`as_of`), and `is_old` says that this is too long; both are None
    and false without a day. `with_nobody` are items that no client may hear.
    """

    path: str
    name: str
    people: tuple[PersonTold, ...]
    items: dict[str, int]
    missing: tuple[str, ...]
    as_of: dt.date | None
    age_days: int | None
    is_old: bool
    with_nobody: tuple[ItemTold, ...]
    not_clients: tuple[NotAClient, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeEdited:
    """What became of an edit. `change`: changed, unchanged, put_aside (it cannot be used; `draft` is where it lies).

    `told` is what counts otherwise now, a line each; `before` is the file with what stood there until now.
    """

    path: str
    change: str
    told: tuple[str, ...] = ()
    draft: str | None = None
    before: str | None = None
    failure: Failure | None = None
