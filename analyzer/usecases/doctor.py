"""Looking after a home: what is in order, what is not, and the command that mends it."""

from collections.abc import Callable, Iterator

from analyzer.errors import AnalyzerError, SettingsError
from analyzer.model.meetings import Client
from analyzer.model.results import Check, Doctor, Failure
from analyzer.relationship.words import count
from analyzer.servers import wants_key, where
from analyzer.settings import BUNDLED, NONE, PSEUDONYMS
from analyzer.tombstones import load, path_in
from analyzer.transcripts.passages import cut
from analyzer.usecases import household
from analyzer.workspace import LLM, Workspace

OK, WARN, FAIL = "ok", "warn", "fail"
_PRIVACY = {
    PSEUDONYMS: "pseudonyms: known names, addresses and numbers are sent as stand-ins, which reduces, does not anonymise",
    NONE: "none: words are sent as they are",
}


def doctor(ws: Workspace) -> Doctor:
    """Check the home without changing anything; each check that fails names what mends it."""
    checks = (*household.checks(ws), *_practice(ws), *_record(ws), *_models(ws), *_indexes(ws), *_engine(ws), *_prompts(ws))
    failed = [check for check in checks if check.state == FAIL]
    failure = (
        Failure(code="unwell", message=f"{len(failed)} of {len(checks)} checks failed", hint=failed[0].mend) if failed else None
    )
    return Doctor(checks=checks, failure=failure)


def _practice(ws: Workspace) -> Iterator[Check]:
    try:
        people = ws.practice.people
    except AnalyzerError as wrong:
        yield Check(name="practice", state=FAIL, detail=wrong.message, mend=wrong.hint)
        return
    if people:
        yield Check(name="practice", state=OK, detail=f"{ws.practice.name}: {', '.join(p.name for p in people)}")
    else:
        yield Check(
            name="practice", state=WARN, detail="nobody is known to be ours, so no side can be told", mend="`analyzer init`"
        )


def _record(ws: Workspace) -> Iterator[Check]:
    if not ws.settings.record_path.exists():
        yield Check(name="record", state=OK, detail="no meetings yet")
        return
    try:
        damage = ws.store.damage()
        meetings = len(ws.store.meetings())
        pending = len(ws.store.index_pending())
    except AnalyzerError as failure:
        yield Check(name="record", state=FAIL, detail=failure.message, mend=failure.hint)
        return
    if damage:
        detail = "; ".join(damage)
        told = all("`" in line for line in damage)
        mend = "as it says" if told else "move the home away; `analyzer restore FILE` then brings a backup back"
        yield Check(name="record", state=FAIL, detail=detail, mend=mend)
    else:
        yield Check(name="record", state=OK, detail=f"{count(meetings, 'meeting')} of {count(len(ws.store.clients()), 'client')}")
    if pending:
        detail = f"{count(pending, 'meeting')} not searchable yet"
        yield Check(name="pending", state=WARN, detail=detail, mend="the next `analyzer search` puts them in")
    yield from _forgotten(ws)


def _forgotten(ws: Workspace) -> Iterator[Check]:
    """What was begun to be forgotten and is not finished, and whether it is still known what was forgotten."""
    if begun := ws.store.forgetting.pending():
        detail = f"{count(len(begun), 'forgetting')} cut short: something of it is still in the home"
        yield Check(name="forgetting", state=WARN, detail=detail, mend="the next `analyzer clients` finishes it")
    try:
        load(path_in(ws.settings.home))
    except AnalyzerError as damaged:
        yield Check(name="forgotten", state=FAIL, detail=damaged.message, mend=damaged.hint)


def _models(ws: Workspace) -> Iterator[Check]:
    name = "embedder"
    if ws.settings.embedder != BUNDLED:
        yield _remote_embedder(ws)
        name = "bundled embedder"
    yield _shipped(name, ws.embedder_damage, lambda: f"{ws.embedder.identity}, in the box, checksums right")
    yield _shipped("offline reader", ws.reader_damage, lambda: "in the box, checksums right")


def _shipped(name: str, damage: Callable[[], tuple[str, ...]], told: Callable[[], str]) -> Check:
    """Whether files are those that were shipped, and what is told of them when they are."""
    try:
        damaged = damage()
    except AnalyzerError as failure:
        return Check(name=name, state=FAIL, detail=failure.message, mend="install Analyzer again")
    if damaged:
        return Check(name=name, state=FAIL, detail=f"not as shipped: {', '.join(damaged)}", mend="install Analyzer again")
    return Check(name=name, state=OK, detail=told())


def _remote_embedder(ws: Workspace) -> Check:
    """The embedder on a server, which is not asked for this."""
    try:
        _ = ws.remote_embedder
    except SettingsError as refused:
        return Check(name="embedder", state=FAIL, detail=refused.message, mend=refused.hint)
    chosen = f"openai ({ws.settings.sources['embedder']}), model {ws.settings.embedding_model}"
    told = f"{chosen}: passages and questions go to {ws.server}, but for clients that are kept offline"
    return Check(name="embedder", state=OK, detail=told)


def _indexes(ws: Workspace) -> Iterator[Check]:
    if not ws.settings.record_path.exists():
        return
    there = ws.index_folders()
    try:
        clients = ws.store.clients()
    except AnalyzerError:  # as the record's own check says; without it nobody knows what belongs into an index
        return
    if nobodys := there - {client.id for client in clients}:
        detail = f"{count(len(nobodys), 'index')} of no client, as after a merge cut short"
        yield Check(name="index of nobody", state=WARN, detail=detail, mend="the next `analyzer search` removes it")
    for client in clients:
        if (ws.settings.index_folder / client.id).exists():
            yield _index(ws, client)
        elif any(not head.index_pending for head in ws.store.meetings(client.id)):
            mend = f"`analyzer reindex {client.slug}`, or the next search"
            yield Check(name=f"index of {client.slug}", state=FAIL, detail="its folder is gone", mend=mend)


def _index(ws: Workspace, client: Client) -> Check:
    name = f"index of {client.slug}"
    mend = f"`analyzer reindex {client.slug}`"
    try:
        with ws.index(client.id, renew=False) as index:
            found = index.check()
            problems = [p.detail for p in found if p.code != "unsealed"]
            held = {group: set(ids) for group, ids in index.groups().items()}
    except AnalyzerError as failure:
        return Check(name=name, state=FAIL, detail=failure.message, mend=failure.hint or mend)
    current = [h for h in ws.store.meetings(client.id) if not h.index_pending]
    missing = [h.slug for h in current if held.get(h.id) != {p.id for p in cut(ws.store.meeting(h.id))}]
    strays = held.keys() - {h.id for h in ws.store.meetings(client.id)}
    if strays and not (problems or missing):
        detail = f"holds {count(len(strays), 'meeting')} that is filed elsewhere by now"
        return Check(name=name, state=WARN, detail=detail, mend="the next `analyzer search` takes it out")
    if problems or missing:
        detail = "; ".join([*problems, *(f"{slug} is not whole" for slug in missing)])
        return Check(name=name, state=FAIL, detail=detail, mend=mend)
    if found:
        return Check(name=name, state=WARN, detail=found[0].detail, mend=f"the next upload, or {mend}")
    return Check(name=name, state=OK, detail=f"{count(sum(map(len, held.values())), 'passage')} of {count(len(held), 'meeting')}")


def _prompts(ws: Workspace) -> Iterator[Check]:
    if ws.settings.prompts_folder.is_dir():
        from analyzer.usecases.prompts import checks  # most homes have no prompts of their own to check

        yield from checks(ws)


def _engine(ws: Workspace) -> Iterator[Check]:
    settings, sources = ws.settings, ws.settings.sources
    if settings.engine != LLM:
        leaving = "nothing leaves this machine" if settings.embedder == BUNDLED else "it reads on this machine"
        yield Check(name="engine", state=OK, detail=f"offline ({sources['engine']}): {leaving}")
        if settings.embedder != BUNDLED:
            yield _key(ws)
        return
    words = f"words go to {where(settings.base_url, settings.provider)}"
    yield Check(name="engine", state=OK, detail=f"llm ({sources['engine']}): {words}, model {settings.model}")
    yield Check(name="privacy", state=OK, detail=f"{_PRIVACY[settings.privacy]} ({sources['privacy']})")
    yield _key(ws)


def _key(ws: Workspace) -> Check:
    """Where the key comes from; the keyring is not opened for this, as that may ask for a password."""
    settings = ws.settings
    if settings.api_key:
        return Check(name="key", state=OK, detail=f"from {settings.sources['api_key']}")
    if not wants_key(settings.base_url, settings.provider):
        return Check(name="key", state=OK, detail="none in the environment, and this server can be asked without one")
    return Check(
        name="key",
        state=WARN,
        detail="none in the environment; the keyring is looked into when the model is asked",
        mend="`analyzer key show` looks now; `analyzer key set` keeps one",
    )
