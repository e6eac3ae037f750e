"""How much fits: what was measured on homes of many meetings, and where a person's own home stands beside it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """What was measured on: `cores` that were used, the processor's name, gigabytes of memory, and the versions of what ran."""

    cores: int
    processor: str
    memory_gb: float
    system: str
    python: str
    versions: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """Meetings that were uploaded or read by one process: seconds on the clock and of the processor, megabytes at its peak.

    `load` is how many programs were at work when it began; `words` is 0 where they were not counted.
    """

    meetings: int
    words: int
    clock: float
    processor: float
    mb: float
    load: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """Something that was done `n` times: seconds on the clock, the middle and the slow end; of the processor; megabytes.

    `what` is its key; `load` is how many programs were at work when it began.
    """

    what: str
    p50: float
    p95: float
    processor: float
    mb: float
    n: int
    load: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """A home of so many meetings: of the largest client, of the one that was read; what it takes on disk; what was timed."""

    meetings: int
    clients: int
    passages: int
    largest: int
    largest_passages: int
    read: int
    record_mb: float
    passages_mb: float
    chroma_mb: float
    filled: Filled
    readings: Filled | None
    timed: tuple[Timed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Homes of one making, the smallest first; `vectors` is `embedded` or `random`, `wanted` how many meetings were to be.

    `date` is the day of measuring, as ISO text; `command` measures it anew.
    """

    vectors: str
    wanted: int
    words: int
    date: str
    command: str
    machine: Machine
    sizes: tuple[Size, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A home as it stands: meetings, clients, passages, those of the client that has most, and megabytes on disk."""

    home: str
    meetings: int
    clients: int
    passages: int
    largest: str
    largest_passages: int
    record_mb: float
    index_mb: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What was measured, and where this home stands; `near` is the measured number of meetings at or above its own, if any."""

    standing: Standing
    near: int | None
    measured: tuple[Measured, ...]
