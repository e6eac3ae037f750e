"""The questions about meetings, people and clients that the record answers, in the form that `record.wordings` tells of."""

_ONE_MEETING = (  # `ORDER` is `last` or `first`
    "when (did|have|had) <we> ORDER <meet> {who}",
    "when (did|have|had) <we> ORDER <meet alone>",
    "when <we> ORDER <meet> {who}",
    "when <we> ORDER <meet alone>",
    "when did {who} ORDER <meet> (us|me)",
    "when did {who} and (we|i) ORDER <meet alone>",
    "when did <we> and {who} ORDER <meet alone>",
    "when did <we> <meet> {who}[ for] the ORDER time",
    "when did <we> <meet> {who} ORDER",
    "when did <we> <meet alone> ORDER",
    "when (was|is) (our|my|the) <ORDER> <meeting>",
    "when (was|is) the ORDER time[ that] <we> <meet> {who}",
    "when (was|is) the ORDER time[ that] <we> <meet alone>",
    "(on )?(what|which) (day|date) did <we> ORDER <meet> {who}",
    "(on )?(what|which) (day|date) did <we> ORDER <meet alone>",
    "(what|which) (is|was) (our|my|the) <ORDER> <meeting>",
    "[what (is|was) ]the (date|day) of (our|my|the) <ORDER> <meeting>",
    "[(our|my|the) ]<ORDER> <meeting>",
    "(on )?(what|which) (day|date) was (our|my|the) <ORDER> <meeting>",
    "how long ago did <we> ORDER <meet> {who}",
    "how long ago did <we> ORDER <meet alone>",
    "how long ago (was|is) (our|my|the) <ORDER> <meeting>",
)
LAST_ONLY = (
    "how long (is it|has it been|it is|it has been) since <we>[ last] <meet> {who}",
    "how long (is it|has it been|it is|it has been) since <we>[ last] <meet alone>",
    "how long (is it|has it been|it is|it has been) since (our|my|the) <last> <meeting>",
    "have <we> <meet> {who} (lately|recently)",
    "how recently did <we> <meet> {who}",
)
FIRST_ONLY = (
    "how long have <we> (known|been meeting|been meeting with|been working with|worked with|been talking to) {who}",
    "since when (do|have) <we> (know|known|work with|worked with|meet|met|been meeting|been working with) {who}",
    "how long (is it|has it been) since <we> first <meet> {who}",
)

HOW_OFTEN = (
    "how (often|many times|frequently|regularly) (do|did|have|had) <we> <meet> {who}",
    "how (often|many times|frequently|regularly) (do|did|have|had) <we> <meet alone>",
    "how many <meetings> (do|did|have|had) <we>[ have| had| hold| held]",
    "how many <meetings> <we> have[ had]",
    "how many <meetings> (are|were|have been) there[ been]",
    "how many <meetings> have there been",
    "how many <meetings>",
    "[(what is|what was) ][the ][total ]number of <meetings>",
    "how (often|frequent) are (our|the) <meetings>",
    "how often (we|i) <meet>[ {who}]",
    "how many times (we|i) have <meet>[ {who}]",
    "how much time (passes|lies) between (our|the) <meetings>",
)

WHO_WAS_THERE = (
    "who (was|were|is)[ <there>]",
    "who (was|were) (at|in|on|present at|present in|there at|there in|part of) {meeting}",
    "who (attended|joined|came|spoke|took part|participated|showed up|sat in)",
    "who (attended|joined) {meeting}",
    "who (came|showed up) to {meeting}",
    "who (spoke|took part|participated|sat in) (at|in|on) {meeting}",
    "[(who|what) (is|are|was|were) ][the ][list of ](attendees|participants|attendance)[ list]",
    "[(who|what) (is|are|was|were) ][the ][list of ](attendees|participants|people) (of|in|at|on) {meeting}",
    "who (has|have) been <there>",
    "which people (was|were) <there>",
    "which people (attended|joined|came|took part|participated)",
    "which people (attended|joined) {meeting}",
    "which people were (at|in|on) {meeting}",
)

WHO_WE_MET = (
    "(who|whom|which people) (did|do|have|had) <we> (<meet>|<meet alone>|know|known|dealt with|got to know)",
    "(who|whom|which people) (at|from|of) {who} (did|do|have) <we> (<meet>|<meet alone>|know|known)",
    "(who|whom|which) of (their people|them) (did|do|have) <we> (<meet>|<meet alone>|know|known)",
    "who (is|are) (our|my|the) (contacts|contact|counterparts|counterpart|people)",
    "[who (is|are) ](the people|everyone|everybody|those)[ that| whom| who] <we>[ have] (know|known|<meet>|<meet alone>)",
    "[(list|the list) of ][(our|the) ](contacts|counterparts|people met)",
    "who (have|has) been in (our|the) <meetings>",
    "who (comes|came|sits|sat|was|were) (to|in|at) (our|the) <meetings>",
)

MEETINGS = (
    "(what|which) <meetings> (are|were|have been) there[ been]",
    "(what|which) <meetings> (do|did|have|had) <we>[ have| had| hold| held]",
    "(what|which) <meetings> <we>[ have] (had|held|have)",
    "(what|which) <meetings> (took place|happened|were held)",
    "(what|which) (are|were) (our|my|the) <meetings>",
    "[of ][(our|my|the) ][past |recorded ]<meetings>[ <we> had| <we> have had| there are| there were| held]",
    "when (did|have|had) <we> <meet> {who}",
    "when (did|have|had) <we> <meet alone>",
    "(on )?(what|which) (days|dates) (did|have) <we> <meet> {who}",
    "(on )?(what|which) (days|dates) (did|have) <we> <meet alone>",
    "[(what|which) (are|were) ][the ](dates|days) of (our|my|the) <meetings>",
    "when (were|are) (our|my|the) <meetings>",
    "(did|have) <we> <meet> {who}",
    "(were|are) there[ any] <meetings>",
    "(did|do|have) <we> (have|had|hold|held)[ any| a] (<meetings>|<meeting>)",
)

WAS_THERE = (
    "(was|were|is) {by} <there>",
    "(was|were) {by} (at|in|on|present at|present in|part of) {meeting}",
    "did {by} (attend|join|come|show up|take part|sit in|speak)",
    "did {by} (attend|join) {meeting}",
    "did {by} (come to|show up at|show up to|take part in|sit in on|speak in|speak at) {meeting}",
    "(has|have|had) {by} been (at|in|on|to) {meeting}",
    "(has|have|had) {by} (attended|joined) {meeting}",
)

OUR_CLIENTS = (
    "how many <clients> (do|did|have) <we>[ have| had]",
    "how many <clients> (are|have been) there[ been]",
    "how many <clients>",
    "[(who|what|which) (are|is) ](our|my) clients",
    "[list of ][(the|our|my) ]clients[ <we> have| on record]",
    "<which clients> (do|did|have) <we> (have|had|know|known)",
    "<which clients> (are|is) there",
    "<which clients> (have|did)[ not] <we>[ not] (<meet>|<meet alone>) (<absence>|lately|recently)",
    "who (have|did) (not <we>|<we> not) (<meet>|<meet alone>) (<absence>|lately|recently)",
    "<which clients> (did|have) <we> (<meet>|<meet alone>) (last|longest ago|the longest time ago|most recently)",
    "<which clients> (did|have) <we> (<meet>|<meet alone>) (most often|most|least|least often)",
    "<which clients> (did|have) <we> (<meet>|<meet alone>)",
)


def one_meeting(order: str) -> tuple[str, ...]:
    """The wordings about the `last` or the `first` meeting."""
    return tuple(wording.replace("ORDER", order) for wording in _ONE_MEETING)
