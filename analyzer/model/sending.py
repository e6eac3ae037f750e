"""What would leave the machine, and about how much: shown in place of sending it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedMeeting:
    """One meeting that a model would read in `parts`; calls and tokens are those that are not answered already."""

    meeting: str
    slug: str
    parts: int
    calls: int
    input_tokens: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingPlan:
    """What reading these meetings would take. Tokens are an estimate, and the answers come on top of it."""

    meetings: tuple[PlannedMeeting, ...]
    model: str
    server: str
    privacy: str

    @property
    def calls(self) -> int:
        return sum(row.calls for row in self.meetings)

    @property
    def input_tokens(self) -> int:
        return sum(row.input_tokens for row in self.meetings)

    def told(self) -> str:
        """The plan in one line."""
        meetings = f"{len(self.meetings)} meeting{'' if len(self.meetings) == 1 else 's'}"
        return f"reading {meetings} takes {self.calls} calls and about {self.input_tokens:,} tokens to {self.server}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """One request exactly as it would be sent: `system` and `user` are its two messages.

    `about` is a meeting's slug, or the question; `kept` says that its answer is there already, so that nothing is sent;
    `replaced` counts what stand-ins hide, by kind.
    """

    about: str
    task: str
    system: str
    user: str
    tokens: int
    kept: bool
    replaced: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The requests that would be sent now; nothing was.

    `judged_later` are the meetings of which a second request follows, made from what the first one finds.
    """

    model: str
    server: str
    privacy: str
    sendings: tuple[Sending, ...]
    judged_later: tuple[str, ...] = ()
