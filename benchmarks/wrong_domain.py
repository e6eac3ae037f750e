"""Whether a question that the meetings searched cannot answer is left unanswered.

QMSum's Product meetings are of one client, its Academic ones of another, and each query is asked of both. The other domain's
meetings never hold its answer; what is answered over its own domain stands beside that, since a reader that answers nothing
abstains well.
"""

from collections.abc import Mapping, Sequence

from analyzer import resampling
from analyzer.usecases import filing, find
from analyzer.usecases.scope import Scope
from analyzer.workspace import OFFLINE, Workspace
from benchmarks.qmsum import ACADEMIC, PRODUCT, Talk
from benchmarks.told import told

BAR = 0.05


def show(ws: Workspace, slugs: Mapping[str, str], talks: Sequence[Talk]) -> None:
    """Print the shares answered; `slugs` name the meetings on record, which are filed anew by domain."""
    if not {PRODUCT, ACADEMIC} <= {talk.domain for talk in talks}:
        print("\nabstention: skipped, it takes Product and Academic meetings")
        return
    for talk in talks:
        if talk.domain:
            filing.move(ws, slugs[talk.name], talk.domain, new=True)
    print("\nshare answered offline, of the queries of one domain over the meetings of one; 95% over meetings", flush=True)
    both: list[resampling.Spread] = []
    weights = resampling.weigh(len(talks))
    for asked, over in ((PRODUCT, ACADEMIC), (ACADEMIC, PRODUCT), (PRODUCT, PRODUCT), (ACADEMIC, ACADEMIC)):
        facts = [answered(ws, talk, over) if talk.domain == asked else [] for talk in talks]
        spread = resampling.share(weights, facts)
        told(f"{asked} queries over {over} meetings", spread.figure, most=None if asked == over else BAR)
        both += [] if asked == over else [spread]


def answered(ws: Workspace, talk: Talk, client: str) -> list[bool]:
    """Whether each of the queries was answered over the meetings of that client."""
    return [find.ask(ws, query.text, Scope(client=client), OFFLINE).answered for query in talk.queries]
