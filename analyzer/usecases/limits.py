"""How much fits: what was measured before this version was made, and where this home stands beside it."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

from analyzer.model.limits import Limits, Measured, Standing
from analyzer.workspace import Workspace

FIGURES = Path(__file__).resolve().parent.parent / "limits.json"
"""The figures that `benchmarks/limits.py` measured."""
_MEGA = 1e6

T = TypeVar("T")


def limits(ws: Workspace) -> Limits:
    """The figures, and how large this home is. Raises PassageIndexError, StoreError."""
    measured, standing = figures(FIGURES), stands(ws)
    sizes = sorted({size.meetings for run in measured for size in run.sizes})
    near = next((size for size in sizes if size >= standing.meetings), None)
    return Limits(standing=standing, near=near, measured=measured)


def figures(file: Path) -> tuple[Measured, ...]:
    """The runs of the benchmark that a file keeps; none where there is no file."""
    if not file.exists():
        return ()
    return tuple(from_json(one, Measured) for one in json.loads(file.read_text(encoding="utf-8")))


def from_json(data: Any, of: type[T]) -> T:
    """What was written as JSON, as the dataclass that it was."""
    from cattrs import structure  # loaded only where figures are read

    return structure(data, of)


def stands(ws: Workspace) -> Standing:
    """How large a home is. Raises PassageIndexError, StoreError."""
    settings = ws.settings
    there = settings.record_path.exists()
    clients = ws.store.clients() if there else ()
    indexed = ws.index_folders()
    passages = {client.name: _passages(ws, client.id) for client in clients if client.id in indexed}
    largest = max(passages, key=lambda name: passages[name], default="")
    return Standing(
        home=str(settings.home),
        meetings=len(ws.store.sketches()) if there else 0,
        clients=len(clients),
        passages=sum(passages.values()),
        largest=largest,
        largest_passages=passages.get(largest, 0),
        record_mb=_megabytes(settings.home.glob(f"{settings.record_path.name}*")),
        index_mb=_megabytes(settings.index_folder.rglob("*")),
    )


def _passages(ws: Workspace, client_id: str) -> int:
    with ws.index(client_id, renew=False) as index:
        return index.count()


def _megabytes(files: Iterable[Path]) -> float:
    """What files take; one that another process removed meanwhile takes nothing."""
    total = 0
    for file in files:
        try:
            total += file.stat().st_size if file.is_file() else 0
        except OSError:
            continue
    return total / _MEGA
