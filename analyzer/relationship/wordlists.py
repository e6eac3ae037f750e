"""The English words by which `likeness` tells what a short description is about from what only holds it together."""

MOVE, MAKE, SAY, SEE, ARRANGE, START, KEEP, STOP, WAIT = "move make say see arrange start keep stop wait".split()  # noqa: SIM905 - reads better
STOPPING = frozenset({STOP, WAIT})


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What is done with a thing, in the form that stands in a dictionary.
ACT_OF = {
    verb: act
    for act, verbs in {
        MOVE: "send share forward email mail pass give bring deliver provide submit hand circulate get post return",
        MAKE: "write draft prepare make create produce build compile put finish complete do work type",
        SAY: "ask call ring phone talk speak tell discuss raise mention contact inform explain say",
        SEE: "read look review check go study test",
        ARRANGE: "book arrange schedule organise organize set plan find reserve",
        START: "start begin launch resume",
        KEEP: "keep continue retain",
        STOP: "stop drop cancel abandon scrap skip remove",
        WAIT: "delay postpone pause wait hold defer",
    }.items()
    for verb in verbs.split()
}
# These are things as often as deeds.
NOUNS_TOO = _words(
    "draft call talk review check plan share email mail post work start launch test study find drop stop delay pause hold set "
    "raise look ring return book contact read say finish type build forward cancel"
)
_IRREGULAR = {
    "sent": "send",
    "gave": "give",
    "given": "give",
    "brought": "bring",
    "got": "get",
    "gotten": "get",
    "wrote": "write",
    "written": "write",
    "made": "make",
    "built": "build",
    "did": "do",
    "done": "do",
    "rang": "ring",
    "rung": "ring",
    "spoke": "speak",
    "spoken": "speak",
    "told": "tell",
    "said": "say",
    "went": "go",
    "gone": "go",
    "found": "find",
    "held": "hold",
    "met": "meet",
    "took": "take",
    "taken": "take",
    "kept": "keep",
    "chose": "choose",
    "chosen": "choose",
    "paid": "pay",
    "taught": "teach",
    "drew": "draw",
    "drawn": "draw",
    "showed": "show",
    "shown": "show",
    "left": "leave",
    "sold": "sell",
    "bought": "buy",
    "spent": "spend",
    "came": "come",
}


_DOUBLED = _words("drop stop plan skip scrap cancel put get set defer begin")


def _forms(verb: str) -> tuple[str, ...]:
    """The regular forms of a verb: `drop`, `drops`, `dropped`, `dropping`."""
    if verb in _DOUBLED:
        return verb + "s", f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing", verb + "ed", verb + "ing"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    stem = verb.removesuffix("e")
    return verb + "s", verb + "es", stem + "ed", stem + "ing"


# A form of a verb, and the verb.
FORM_OF = {form: verb for verb in ACT_OF for form in _forms(verb)} | _IRREGULAR

DETERMINERS = _words("the a an my your our their his her its this that these those some any each every all both no another whose")
_PRONOUNS = _words(
    "i you he she it we they me him us them one ones myself yourself himself herself itself ourselves themselves who what "
    "somebody someone anybody anyone everybody everyone something anything everything nothing"
)
_AUXILIARIES = _words(
    "is are was were be been being am has have had having will would shall should can could may might must does "
    "to let lets not and or then also just finally already still again soon now today tomorrow yesterday please yet so too "
    "up out off over back down through away together first once really only even quite very there here "
    "full short quick last next previous first brief proper whole entire little few couple more most much many own "
    "other such new later"
)
_OTHER_LANGUAGES = _words(
    "der die das den dem des ein eine einen einem einer und zu zum zur im am mit von für le la les un une du des et à au aux "
    "de el los las y con il lo gli e di per het een en van voor met"
)
# What holds a description together and says nothing by itself.
FUNCTION = DETERMINERS | _PRONOUNS | _AUXILIARIES | _OTHER_LANGUAGES
# Behind one of these stands what the thing is of or for, and no longer the thing.
BREAKS = _words(
    "of for to in on at with about from by into onto before after until till as and which when where whether if because "
    "since during between against among per via than regarding concerning under"
)
# These do not say how something is done, whatever their ending.
NO_ADVERBS = _words("daily weekly monthly quarterly yearly family supply reply assembly july italy early friendly elderly")
NEGATIONS = _words("not never no none neither nor without nothing nobody don't won't cannot")
# By one of these alone nobody can tell which of several is meant.
GENERIC = _words(
    "thing list document meeting report note number figure date time mail email file copy detail item point question "
    "answer result word paper link slide text page data update version overview summary proposal idea plan draft call"
)
NUMBERS = {
    word: str(n)
    for n, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()  # noqa: SIM905 - reads better
    )
    if word != "one"
} | {"twenty": "20", "thirty": "30", "forty": "40", "fifty": "50", "hundred": "100", "half": "half"}
ORDINALS = {
    word: f"{n}."
    for n, word in enumerate("second third fourth fifth sixth seventh eighth ninth tenth".split(), 2)  # noqa: SIM905 - as above
}
DAYS = (
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
# Words that are no thing, so that what stands beside them may be a deed.
NOT_A_THING = FUNCTION | BREAKS | frozenset(NUMBERS)
