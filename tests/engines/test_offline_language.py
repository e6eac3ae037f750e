"""In which languages a meeting is told to be, and what the reader says of the meetings and turns that it does not judge."""

import itertools

import pytest

from analyzer.engines.offline import OfflineEngine, judging
from analyzer.engines.offline.language import Spoken, name_of, spoken
from analyzer.engines.offline.reading import claims, score_turns
from analyzer.model.findings import ConditionValue, Level, Reading, Stance
from analyzer.model.meetings import Meeting, Side
from analyzer.practice import Practice
from tests import talks
from tests.by_hand import FITTED, scored
from vectorstore.embedders import WordHashEmbedder

NOBODY = Practice(name="")

SCOTS = (
    "Aye, well, I cannae say I'm surprised, it's been like that since the auld boy retired.",
    "Och, dinnae fash yersel about the wee report, naebody's gonnae read it onyway.",
    "I telt him masel on Tuesday, an he jist stood there greetin like a bairn.",
    "We'll no be able tae dae it afore the holidays, ken, the lads are aw away.",
    "It's a braw idea but, I'll gie ye that, and the lassies in the office were fair chuffed.",
)
NOT_NATIVE = (
    "I have to say that since three years we are making this workshop, and the people they are coming because they must.",
    "For me it is clear that we need more time for discuss it with the colleagues from the production.",
    "Yes, and also the informations from the headquarter are coming always too late, so we can not to plan.",
    "It depends of the boss, he want that everything is going by his table.",
    "I am agree with you, we should make it more simple, but he is not wanting it.",
)
LOWER_CASE = (
    "yeah so i mean we looked at the numbers again and um theyre not great but theyre not terrible either",
    "right and did anyone talk to the warehouse about it",
    "no not yet i was gonna do that on thursday but then the thing with the van happened",
    "okay well lets just put it on the list and see who has time",
    "sure i can do that its not a big deal i just need the login for the you know the system",
)
SHORT = ("Mm-hm.", "Yeah.", "Right, right.", "Nope.", "OK.", "Sure.", "Ha!", "Go on.")

OTHERS = {
    "German": (
        "Also ich denke, dass wir das im nächsten Quartal machen können, aber der Aufsichtsrat will es so haben.",
        "Und was würden Sie selbst davon haben, wenn es niemand verlangt hätte?",
        "Ehrlich gesagt nichts, wir brauchen nur das Häkchen auf der Liste, danach machen wir weiter wie bisher.",
        "Dann lassen Sie uns überlegen, was daran für Ihre Leute nützlich wäre.",
        "Das wäre schön, aber in diesem Monat habe ich wirklich keine Zeit mehr dafür.",
    ),
    "French": (
        "Je pense que nous devons attendre le conseil, parce que la direction veut que ce soit fait.",
        "Et vous, qu'est-ce que vous en feriez si personne ne l'avait demandé ?",
        "Franchement, rien. Il nous faut juste un document qui montre que nous avons fait quelque chose.",
        "Alors regardons ensemble ce qui pourrait être utile à vos équipes.",
        "Ce serait bien, mais je n'ai vraiment plus le temps ce mois-ci.",
    ),
    "Dutch": (
        "Ik denk dat we dat volgende week wel kunnen doen, maar de directie wil dat het af is.",
        "En wat zou u er zelf mee willen, als niemand erom gevraagd had?",
        "Eerlijk gezegd niets, we hebben alleen dat vinkje nodig en daarna gaan we gewoon door.",
        "Dan kijken we samen wat er voor uw mensen nuttig aan is.",
        "Dat zou mooi zijn, maar ik heb er deze maand echt geen tijd meer voor.",
    ),
    "Spanish": (
        "Creo que tenemos que esperar a la junta, porque quieren que se haga antes de fin de mes.",
        "¿Y usted qué haría con ello si nadie lo hubiera pedido?",
        "La verdad, nada. Solo necesitamos un papel que diga que hemos hecho algo.",
        "Entonces veamos juntos qué podría servirle a su gente.",
        "Estaría bien, pero este mes ya no tengo tiempo para nada más.",
    ),
    "Norwegian": (
        "Jeg tror vi må vente til styret har møtt, for de vil gjerne se tallene først.",
        "Ja, men hva ville dere ha gjort hvis ingen hadde bedt om det?",
        "Ingenting, ærlig talt. Vi trenger bare et dokument som viser at vi har gjort noe.",
        "Da kan vi kanskje bruke tiden på det som er nyttig for avdelingen deres.",
        "Det hadde vært fint, men jeg vet ikke om ledelsen vil være med på det akkurat nå.",
    ),
}
WITH_JARGON = (
    "Also das Commitment vom Board ist da, wir haben den Business Case im Steering Committee präsentiert.",
    "Und der Rollout, ist der noch on track oder müssen wir die Timeline anpassen?",
    "Der Rollout ist on track, aber das Change Management hat zu wenig Ownership, da brauchen wir ein Assessment.",
    "Ein Assessment als Deliverable, oder eher einen Workshop mit dem Leadership Team?",
    "Ein Workshop wäre nice to have, aber der Stakeholder im Headquarter will einen Report mit Executive Summary.",
)


def talk_of(texts: tuple[str, ...], times: int = 5) -> Meeting:
    """Two people taking turns, long enough to be judged; the client's side speaks first."""
    voices = (("Uwe Brandt", Side.THEIRS), ("Ines Duarte", Side.OURS))
    return talks.meeting(tuple((*voices[at % 2], text) for at, text in enumerate(texts * times)))


@pytest.mark.parametrize("texts", [SCOTS, NOT_NATIVE, LOWER_CASE], ids=["Scots", "not native", "lower case"])
def test_english_is_english_however_it_is_spoken_or_written(texts: tuple[str, ...]) -> None:
    assert spoken(talk_of(texts).turns) == Spoken(language="English")


def test_short_replies_do_not_make_a_meeting_foreign() -> None:
    between = tuple(itertools.chain.from_iterable(zip(LOWER_CASE, SHORT, strict=False)))
    assert spoken(talk_of((*between, *SHORT)).turns) == Spoken(language="English")


def test_names_and_sounds_are_taken_for_the_language_of_the_rest() -> None:
    names = "Basel, Zug, Luzern, Chur, Visp, Brig, Thun, Olten, Aarau, Baden. " * 4
    sounds = "Hm, hm, mm, hm, ah, oh, hm, mm-hm, aha. " * 6
    assert spoken(talk_of((*LOWER_CASE, names, sounds, *LOWER_CASE), 1).turns) == Spoken(language="English")


@pytest.mark.parametrize("last", ["yep go for it", "Okay, ciao ciao!", "Super, merci, bis dann.", "Cheers, ta-ra."])
def test_a_few_words_at_the_end_are_taken_for_the_language_of_the_rest(last: str) -> None:
    told_alone = (" ".join(LOWER_CASE), " ".join(NOT_NATIVE))  # so that the last words are left over
    assert spoken(talk_of((*told_alone, last), 1).turns) == Spoken(language="English")


@pytest.mark.parametrize("language", OTHERS)
def test_another_language_is_told_by_its_name(language: str) -> None:
    told = spoken(talk_of(OTHERS[language]).turns)
    assert (told.language, told.english) == (language, False)


@pytest.mark.parametrize("language", OTHERS)
def test_every_sign_of_a_meeting_in_another_language_is_insufficient_and_says_what_can_be_done(language: str) -> None:
    meeting = talk_of(OTHERS[language])
    judgement = judging.judge(meeting, (), FITTED, spoken(meeting.turns))
    line = f"{language}: the offline reader does not judge this; search by words works, and the llm engine can read it."
    assert {(v.level, v.why) for v in judgement.signs} == {(Level.INSUFFICIENT, line)}
    assert {v.value for v in judgement.conditions} == {ConditionValue.UNKNOWN}
    assert (judgement.stance, judgement.stance_why) == (Stance.UNKNOWN, line)


def test_the_engine_names_nothing_in_another_language_and_says_why() -> None:
    engine = OfflineEngine(WordHashEmbedder())
    meeting = talk_of(OTHERS["German"])
    assert engine.read(meeting, NOBODY).claims == ()
    judgement = engine.judge(meeting, Reading(), NOBODY)
    assert {v.why for v in judgement.signs} == {
        "German: the offline reader does not judge this; search by words works, and the llm engine can read it."
    }


def test_german_with_english_jargon_stays_german() -> None:
    assert spoken(talk_of(WITH_JARGON).turns).language == "German"


def test_a_meeting_in_another_language_with_a_word_of_english_is_not_judged() -> None:
    mixed = (*OTHERS["German"] * 4, *LOWER_CASE)
    assert spoken(talk_of(mixed, 1).turns).language == "German"


def test_two_kinds_of_one_language_count_together() -> None:
    nynorsk = (
        "Eg trur vi må vente til styret har møtt, for dei vil gjerne sjå tala først, og det er ikkje før i neste veke.",
        "Ja, men kva ville de ha gjort om ingen hadde bede om det, og kven er det eigentleg som treng dette hjå dykk?",
    )
    english = LOWER_CASE * 3
    told = spoken(talk_of((*OTHERS["Norwegian"] * 2, *nynorsk * 3, *english), 1).turns)
    shares = [sum(map(len, texts)) for texts in (OTHERS["Norwegian"] * 2, nynorsk * 3, english)]
    assert max(shares) == shares[2] < shares[0] + shares[1]
    assert told.language == "Norwegian"


def stretch_of_german() -> Meeting:
    """English talk with things to find, and a long stretch of German with a promise and a seal in the middle of it."""
    said = tuple(("Uwe Brandt" if side is Side.THEIRS else name, side, text) for name, side, text in talks.TALK)
    voices = (("Uwe Brandt", Side.THEIRS), ("Ines Duarte", Side.OURS))
    german = tuple((*voices[at % 2], text) for at, text in enumerate(OTHERS["German"] * 3))
    return talks.meeting((*said[:10], *german, *said[10:]))


def test_the_turns_of_a_german_stretch_are_told_from_the_english_around_them() -> None:
    meeting = stretch_of_german()
    told = spoken(meeting.turns)
    german = set(range(10, 25))
    assert (told.language, told.beside) == ("English", "German")
    # Stretches of turns are told together, so that at either end a turn or two may go with their neighbours.
    assert set(range(12, 23)) <= told.foreign
    assert len(told.foreign ^ german) <= 6


def test_nothing_is_named_in_the_turns_of_another_language_and_the_rest_is_judged() -> None:
    meeting = stretch_of_german()
    told = spoken(meeting.turns)
    kept = claims(score_turns(meeting, scored(meeting, {}).classifier, FITTED, told.foreign))
    assert kept
    assert {c.turn for c in kept}.isdisjoint(told.foreign)
    judgement = judging.judge(meeting, (), FITTED, told)
    assert Level.INSUFFICIENT not in {v.level for v in judgement.signs}
    assert judgement.caveats == (
        f"{len(told.foreign)} of {len(meeting.turns)} turns are not in English (German); they were not judged.",
    )


def test_turns_that_were_not_judged_are_counted_also_where_the_rest_is_too_short() -> None:
    told = Spoken(language="English", foreign=frozenset(range(15)), beside="German")
    judgement = judging.judge(talks.meeting(), (), FITTED, told)
    assert {v.level for v in judgement.signs} == {Level.INSUFFICIENT}
    assert judgement.caveats == ("15 of 20 turns are not in English (German); they were not judged.",)


WORDLESS = {"no turns": (), "empty": ("",), "no words": ("…", "?", "--", "12 %"), "unreadable": ("\ud83d", "\n")}


@pytest.mark.parametrize("texts", WORDLESS.values(), ids=WORDLESS)
def test_a_meeting_without_words_says_nothing_in_another_language(texts: tuple[str, ...]) -> None:
    meeting = talk_of(texts)
    assert spoken(meeting.turns) == Spoken(language="English")
    assert OfflineEngine(WordHashEmbedder()).read(meeting, NOBODY).claims == ()


def test_a_language_that_is_not_in_the_table_is_named_by_its_code() -> None:
    assert name_of("de") == "German"
    assert name_of("xx") == 'Language "xx"'
