"""The questions that the record answers, in the wordings that people ask them in.

A wording fits a question as a whole or not at all, and what stands in its slots must be somebody or something that the
record knows (`record.intents`). So a question about what was said, which shares only words with one of these, goes to search.

In a wording `[ x]` may be left out, `(x|y)` is either, `<x>` stands for the words of that name below, and `{x}` is a slot.
"""

import re
from enum import StrEnum
from functools import cache

from analyzer.usecases.record import meeting_wordings
from analyzer.usecases.record.german import GERMAN


class Intent(StrEnum):
    """What is asked of the record; the value is told beside the answer."""

    PROMISES = "promises"
    ADVICE = "advice"
    CLIENTS_WITH_SIGN = "clients with a sign"
    SIGNS = "signs"
    PARTNER_TALK = "talk outside the current work"
    LAST_MET = "last meeting"
    FIRST_MET = "first meeting"
    HOW_OFTEN = "how often we met"
    WHO_WAS_THERE = "who was there"
    WHO_WE_MET = "people met"
    MEETINGS = "meetings"
    WAS_THERE = "whether somebody was there"
    OUR_CLIENTS = "our clients"


_WORDS = {
    "we": "(we|i|you and i|the two of us|both of us)",
    "promises": "(promise|promises|commitment|commitments|obligations|undertakings|pledges|action items|to-dos|todos)",
    "promise": "(promise|promised|pledge|pledged|commit to|committed to|agree to do|agreed to do|undertake|undertaken)",
    "open": "(open|outstanding|pending|overdue|due|unkept|unfulfilled|late|left|not kept|not done)",
    "meeting": "(meeting|call|session|conversation|talk|chat|catch-up|get-together)",
    "meetings": "(meetings|calls|sessions|conversations|talks|catch-ups)",
    "meet": "(meet|met|meet with|met with|see|saw|seen|speak to|speak with|spoke to|spoke with|spoken to|spoken with|talk to"
    "|talk with|talked to|talked with|sit down with|have a (meeting|call|session|conversation|talk) with|have contact with)",
    "meet alone": "(meet|met|speak|spoke|spoken|talk|talked|get together|have a (meeting|call|session|conversation|talk))",
    "last": "(last|latest|most recent|newest)",
    "first": "(first|very first|earliest)",
    "there": "(there|present|in the room|in the meeting|in the call|on the call|at the meeting|at the table|with us)",
    "advice": "(advice|recommendation|recommendations|suggestion|suggestions|proposal|proposals)",
    "advised": "(advise|advised|recommend|recommended|suggest|suggested|propose|proposed)",
    "taken": "(take|taken|took|take up|taken up|follow|followed|adopt|adopted|accept|accepted|act on|acted on"
    "|listen to|listened to)",
    "clients": "((of )?((our|my|the) )?(clients|client))",
    "which clients": "((which|what)( one)? <clients>)",
    "sign": "(show|shows|have|has|display|displays|give|gives|carry|carries)",
    "work": "((the|our|this) )?((current|present|ongoing|running|day-to-day) )?(work|project|assignment|engagement|mandate|job)",
    "beside": "(outside|outside of|beyond|apart from|aside from|besides|beside) <work>",
    "beside it": "(<beside>|about (something|anything|things) (other than|than|beyond|outside) <work>"
    "|as partners|between partners)",
    "business": "(our businesses|each other's (business|businesses)"
    "|how ((our|each other's|the|each side's) )?(business|businesses|firm|firms) (is|are|was|were)( doing| going)?)",
    "absence": "(((for|in) )?(the longest|longest|a long time|a long while|a while|long|ages)( time)?)",
    "made": "(make|made|give|given|gave|have|had|owe)",
    "shown": "(show|shown|have|had|give|given|display|displayed)",
}

_OWED = (
    "what (did|have|has|had|do|does) {by} <promise>[ to][ do| doing][ for][ {to}]",
    "what (do|does|did) {by} owe[ to][ {to}]",
    "(what|everything|the things)[ that] {by}[ have| has] (<promise>|owe|owes|owed)[ to][ do| doing][ for][ {to}]",
    "what did {by} tell {to}[ that] (we|they|he|she|i) would (do|send|deliver)[ them]",
    "(are|is|am) {by} (late|overdue|behind) with (anything|something)",
    "what (did|have) {by} (say|said)[ that] (we|they|he|she|i) would do[ for {to}]",
    "what {by} said[ that] (we|they|he|she|i) would do[ for {to}]",
    "(what|which)[ <open>] <promises> (did|do|have|has|does) {by} <made>[ <open>][ (to|towards) {to}]",
    "(what|which) <promises> {by} (made|have made|has made|owe|owes|have|has)[ to {to}]",
    "(what|which) (is|are) {by}[ <open>] <promises>[ (to|towards) {to}]",
    "(what|which)[ of] {by} <promises>[ (to|towards) {to}] (is|are) <open>",
    "(what|which) <promises>[ (to|towards) {to}][ (from|by|of) {by}] (is|are) <open>",
    "(what|which) <open> <promises> (are|is) there[ (to|towards) {to}][ (from|by|of) {by}]",
    "(what|which) (is|are) the <open> <promises>[ (to|towards) {to}][ (from|by|of) {by}]",
    "[(are|is) there ][the |any |an ]<open> <promises>[ (to|towards) {to}][ (from|by|of) {by}]",
    "(are|is) there[ any| an] <promises>[ that (are|is)] <open>[ (to|towards) {to}][ (from|by|of) {by}]",
    "(what|anything|something)[ that] (is|are) overdue",
    "is anything overdue",
    "(do|does|have|has) {by}[ have| made][ any][ <open>] <promises>[ <open>][ (to|towards) {to}]",
    "{by}[ <open>] <promises>[ (to|towards) {to}]",
    "(did|have|has|had) {by} (promise|promised|pledge|pledged) {to} (anything|something)",
    "(did|have|has|had) {by} (promise|promised|pledge|pledged) (anything|something)[ to {to}]",
    "(do|does) {by} owe {to} (anything|something)",
    "(do|does) {by} owe (anything|something)[ to {to}]",
    "[(is|was) there ](anything|something)[ that] {by} (owe|owes|promised|have promised|has promised)[ to][ {to}]",
    "who owes (what|whom|whom what|who what|what to whom|what to who)",
    "who (promised|has promised) (what|whom what|what to whom)",
    "who (owes|promised|has promised) {to} (what|anything|something)",
    "<which clients> (owe|owes|promised|have promised|has promised) {to}[ what| anything| something]",
    "<which clients> (do|did|have) {by} (owe|promise|promised)[ something| anything][ to]",
    "what (is|was|were|has been|have been|had been) promised[ to {to}][ by {by}]",
    "what (is|was|were|has been|have been|had been) promised by {by}[ to {to}]",
    "what (am|are|is) {by} on the hook for",
    "what (do|does) {by} (have|need) to (do|deliver) for {to}",
)

_ADVISED = (
    "what (did|have|had|has) {by} <advised>[ to][ {who}][ to do]",
    "what {by}[ have| has] <advised>[ to][ {who}][ to do]",
    "(what|which) <advice> (did|have|has) {by} (give|given|gave|make|made)[ to][ {who}]",
    "(what|which) <advice> {by}[ have| has] (gave|given|made)[ to][ {who}]",
    "what (is|was|are|were) {by} <advice>[ (to|for) {who}]",
    "{by} <advice>[ (to|for) {who}]",
    "[what (is|was) ]the (fate|outcome|result|results) of {by} <advice>[ (to|for) {who}]",
    "what (became|has become|came|has come|happened|has happened) (of|to|with|out of) {by} <advice>[ (to|for) {who}]",
    "what (did|has|have) {who} (do|done|did|make|made) (with|of) {by} <advice>",
    "(did|has|have|does|do) {who} (<taken>|ignore|ignored|heed) {by} <advice>",
    "how (much|many) of {by} <advice> (did|has|have) {who} {fate}",
    "how (much|many) of {by} <advice>[ to {who}] (was|were|is|has been|have been) {fate}",
    "(what|which)[ part] of {by} <advice> (did|has|have) {who} {fate}",
    "(what|which)[ part] of {by} <advice>[ to {who}] (was|were|is|has been|have been) {fate}",
    "(what|which) <advice>[ to {who}] (was|were|has been|have been) {fate}",
    "(was|were|is|has|have) {by} <advice>[ to {who}][ been] {fate}",
    "how (did|does|has|have) {by} <advice> (land|landed|fare|fared|do|go down|gone down)",
)

_SHOWN_BY_WHOM = (
    "<which clients> <sign> {sign}",
    "(who|which of them) <sign> {sign}",
    "[at |with |in ]<which clients> do <we> (see|hear|have|find) {sign}",
    "[the ]<clients> (with|showing|that <sign>|who <sign>) {sign}",
    "how many <clients> (<sign>|with) {sign}[ are there| do <we> have]",
    "(are|is) there[ any| a| one of] <clients> (with|showing|that <sign>|who <sign>) {sign}",
    "(do|does) (any|one)[ of] <clients> <sign> {sign}",
    "where do <we> (see|hear|find) {sign}",
)

_SHOWN = (
    "(what|which)( of the( four)?)?[ warning] (sign|signs) (do|does|did|has|have) {who} <shown>",
    "(what|which)[ warning] signs (do|did|can|have) <we> (see|saw|seen|hear|heard|have|find|found)",
    "(what|which)[ warning] signs (are|were|is) there",
    "(what|which)[ warning] signs (stand|show|are shown|are showing)",
    "(what|which) (is|are) the[ warning] signs",
    "(what|which) (is|are) {who}[ warning] signs",
    "(do|does|did|has|have) {who} (show|shown|have|display|give) {sign}",
    "(is|are) there {sign}",
    "(do|did|have) <we> (see|seen|hear|heard) {sign}",
    "(do|does|did) {sign} (apply|hold|stand|show)[ (to|for) {who}]",
    "is {sign} (there|present|showing|visible|standing)",
    "how (do|does|is) {who} (stand|standing|doing|do) (on|with) {sign}",
    "{who}[ warning] signs",
)
_SHOWN_AT = ("{sign}", "[the |any ][warning ]signs")  # only where a client is named beside them
_OWED_AT = ("[(are|is) there ](anything|something)[ that is] <open>", "is (anything|something) <open>")  # likewise

_PARTNERS = (
    "when (did|have|had) <we> last <meet alone>[ (to|with) {who}] <beside it>",
    "when <we> last <meet alone>[ (to|with) {who}] <beside it>",
    "when (was|is) (our|my|the) <last> <meeting> <beside it>",
    "when (was|is) (our|my|the) <last> (partner|partnership) <meeting>",
    "[(our|the) ]<last> (partner|partnership) <meeting>",
    "when was the last time[ that] <we> <meet alone>[ (to|with) {who}] <beside it>",
    "how long (is it|has it been|ago is it) since <we>[ last] <meet alone>[ (to|with) {who}] <beside it>",
    "how long ago did <we>[ last] <meet alone>[ (to|with) {who}] <beside it>",
    "when did (<we>|both|both sides) last (talk about|share|tell|tell each other|exchange|speak about) <business>",
    "have <we> <meet alone>[ (to|with) {who}] <beside it>[ lately| recently]",
    "have <we> <meet alone> <beside it> with {who}[ lately| recently]",
)

_TABLE: tuple[tuple[Intent, tuple[str, ...]], ...] = (
    (Intent.PROMISES, _OWED),
    (Intent.ADVICE, _ADVISED),
    (Intent.CLIENTS_WITH_SIGN, _SHOWN_BY_WHOM),
    (Intent.SIGNS, _SHOWN),
    (Intent.PARTNER_TALK, _PARTNERS),
    (Intent.LAST_MET, (*meeting_wordings.one_meeting("last"), *meeting_wordings.LAST_ONLY)),
    (Intent.FIRST_MET, (*meeting_wordings.one_meeting("first"), *meeting_wordings.FIRST_ONLY)),
    (Intent.HOW_OFTEN, meeting_wordings.HOW_OFTEN),
    (Intent.WHO_WAS_THERE, meeting_wordings.WHO_WAS_THERE),
    (Intent.WHO_WE_MET, meeting_wordings.WHO_WE_MET),
    (Intent.MEETINGS, meeting_wordings.MEETINGS),
    (Intent.WAS_THERE, meeting_wordings.WAS_THERE),
    (Intent.OUR_CLIENTS, meeting_wordings.OUR_CLIENTS),
)


@cache
def _pattern(wording: str) -> re.Pattern[str]:
    text = wording
    while "<" in text:
        text = re.sub(r"<([a-z ]+)>", lambda named: _WORDS[named[1]], text)
    text = text.replace("(", "(?:").replace("[", "(?:").replace("]", ")?")
    return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>.+?)", text))


_IN_GERMAN = tuple((Intent[name], wordings) for name, wordings in GERMAN.items())


@cache
def patterns(*, with_client: bool) -> tuple[tuple[Intent, re.Pattern[str]], ...]:
    """The wordings in the order in which they are tried, made at the first question; some only where a client is named too."""
    table = (*_TABLE, *_IN_GERMAN)
    table = (*table, (Intent.SIGNS, _SHOWN_AT), (Intent.PROMISES, _OWED_AT)) if with_client else table
    return tuple((intent, _pattern(wording)) for intent, wordings in table for wording in wordings)
