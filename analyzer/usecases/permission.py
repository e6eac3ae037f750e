"""Whose words may be sent to a model: never those of a client that is kept offline, whatever a flag says."""

from collections.abc import Sequence

from analyzer.errors import EngineForbidden
from analyzer.model.meetings import Client
from analyzer.store import MeetingHead
from analyzer.workspace import Workspace


def sendable_clients(ws: Workspace, clients: Sequence[Client]) -> tuple[Client, ...]:
    """The clients whose words may be sent; the others are named in a notice. Raises EngineForbidden where none is left."""
    allowed = tuple(client for client in clients if not client.offline_only)
    kept = ", ".join(sorted(client.name for client in clients if client.offline_only))
    if kept and not allowed:
        raise EngineForbidden(f"{kept} is kept offline: its words are never sent to a model", "use --engine offline")
    if kept:
        ws.notice("kept_offline", f"{kept} is kept offline and was left out: its words are never sent to a model")
    return allowed


def sendable(ws: Workspace, heads: Sequence[MeetingHead]) -> list[MeetingHead]:
    """The meetings whose words may be sent, as `sendable_clients`; those under no client may be. Raises EngineForbidden."""
    filed = {head.client_id for head in heads if head.client_id}
    allowed = {client.id for client in sendable_clients(ws, [ws.store.client(client_id) for client_id in sorted(filed)])}
    return [head for head in heads if head.client_id is None or head.client_id in allowed]
