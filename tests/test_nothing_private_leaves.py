"""An attack on all that is sent: what is private, however it is written, comes out of no agenda and no recap in any format."""

import dataclasses
import datetime as dt
import io
import re
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.model.agenda import Agenda, AgendaKind, ClientSafe, Recap, Sharing
from analyzer.model.findings import (
    ClaimKind,
    ConditionId,
    ConditionValue,
    ConditionVerdict,
    Known,
    Level,
    OpeningId,
    SignId,
    Stance,
)
from analyzer.practice import Context, Item, Practice, Share
from analyzer.relationship import picture, picture_of_meeting
from analyzer.rendering import agenda_page
from analyzer.settings import load
from analyzer.signs import SIGNS
from analyzer.usecases.agenda import Asked, client_safe, plan_agenda, touchy
from analyzer.usecases.leaks import PrivateWords
from analyzer.usecases.outgoing import Leak, OutgoingFormat, finished
from analyzer.usecases.private_words import Elsewhere, private_words
from analyzer.usecases.recap import plan_recap
from analyzer.usecases.sieve import Audience, Sieve
from analyzer.workspace import Workspace
from tests.relations import CLIENT, Pair, advice, finding, judged, meeting, opening, promise, verdict

TODAY = dt.date(2026, 3, 9)
NOW = dt.datetime(2026, 3, 9, 9, 0, tzinfo=dt.UTC)
BOTH = ("Tess Okafor", "Bo Lindqvist")
SAID_AT_GLOBEX = "Our finance head left on Tuesday and nobody can read the ledger."
OTHERS = Elsewhere(names=("Globex Forge", "globex"), people=("Marek Novak",), said=(SAID_AT_GLOBEX,))

SYLLABLES = st.sampled_from(("ba", "do", "ki", "lu", "me", "no", "ra", "su", "ti", "ze"))
WORD = st.lists(SYLLABLES, min_size=2, max_size=4).map("".join)


def secret(mark: str) -> st.SearchStrategy[str]:
    """Seven or more words that carry a mark by which they are known again, with some dirt in between."""
    dirt = st.sampled_from((" ", "  ", ", ", " - ", "\n", "\u200b ", " *", " <b>"))
    return st.lists(st.tuples(WORD, dirt), min_size=7, max_size=12).map(lambda ws: "".join(f"{w}{mark}{gap}" for w, gap in ws))


@dataclasses.dataclass(frozen=True, kw_only=True)
class Attack:
    """A meeting and a practice whose every private string carries the mark `qx`, beside what may be told and may repeat it."""

    pair: Pair
    practice: Practice
    people: tuple[str, ...]
    kind: AgendaKind
    private: PrivateWords


@st.composite
def attacks(draw: st.DrawFn) -> Attack:
    hidden = [draw(secret("qx")) for _ in range(6)]
    harmless = draw(secret("oo"))
    pair = _meeting_with(draw, hidden, harmless)
    item = draw(st.sampled_from((harmless, hidden[4], hidden[5])))
    practice = Practice(
        name="Vance & Partners",
        wants=(Item(text=hidden[4]), Item(text=item, share=Share.ALL, not_with=("Tarn Mills",))),
        context=Context(hard=(Item(text=hidden[5]), Item(text=harmless, share=Share.ALL))),
    )
    people = tuple(draw(st.lists(st.sampled_from((*BOTH, "Tess", "Iris Vance")), max_size=3, unique=True)))
    heard = Audience([pair[0]], people, practice).shared
    return Attack(
        pair=pair,
        practice=practice,
        people=people,
        kind=draw(st.sampled_from(AgendaKind)),
        private=private_words(CLIENT, picture([pair], TODAY), [pair[0]], practice, OTHERS, notes=[hidden[2]], heard=heard),
    )


def _meeting_with(draw: st.DrawFn, hidden: list[str], harmless: str) -> Pair:
    other = draw(st.sampled_from(("Globex Forge", "MAREK NOVAK", "Novak, Marek", "so Novak said")))
    turns = [
        ("Tess Okafor", hidden[0]),
        ("Tess Okafor", draw(st.sampled_from((harmless, hidden[0], f"{harmless} {hidden[1]}", f"{harmless} {other}")))),
        ("Bo Lindqvist", draw(st.sampled_from((harmless, hidden[2], hidden[3], f"We have agreed on {hidden[2]}")))),
        ("Iris Vance", draw(st.sampled_from(("Well.", f"Shall we do {hidden[1]} then", f"What of {hidden[2]}?")))),
        ("Tess Okafor", draw(st.sampled_from(("Yes.", "I don't know.", f"Yes, with {other}.")))),
    ]
    m = meeting("2026-02-10", turns)
    sign = draw(st.sampled_from(SignId))
    said = draw(st.sampled_from((harmless, hidden[0], hidden[1], hidden[4], "globex forge first", SAID_AT_GLOBEX)))
    due = draw(st.sampled_from((None, hidden[3])))
    level = draw(st.sampled_from((Level.WEAK, Level.STRONG)))
    shown = verdict(sign, level, why=hidden[1], another_reading=hidden[1], evidence=[finding(m, 0, ClaimKind.SIGN, sign)])
    return judged(
        m,
        signs=[dataclasses.replace(shown, known=Known(right=4711, said=4712))],
        conditions=[ConditionVerdict(condition=ConditionId.FIT, value=ConditionValue.NO, why=hidden[3])],
        stance=draw(st.sampled_from(Stance)),
        stance_why=hidden[2],
        findings=[
            *(opening(m, turn, kind) for turn in range(3) for kind in OpeningId),
            promise(m, draw(st.integers(0, 2)), "Tess Okafor", said, to="Bo Lindqvist", due=due),
            promise(m, draw(st.integers(0, 2)), "Iris Vance", said, to="Tess Okafor", due=due),
            advice(m, draw(st.integers(2, 3)), draw(st.sampled_from((hidden[5], said)))),
        ],
    )


def text_in(form: OutgoingFormat, document: Agenda | Recap, private: PrivateWords) -> str:
    """All words of the finished file, read back by other means than those that guard it."""
    with Workspace(load({}), now=lambda: NOW) as ws:
        return read_back(finished(ws, document, form, private), form)


def read_back(data: bytes, form: OutgoingFormat) -> str:
    if form is OutgoingFormat.DOCX:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return " ".join(re.sub(r"<[^>]*>", "", parts.read(name).decode(errors="replace")) for name in parts.namelist())
    return re.sub(r"\r?\n[ \t]", "", data.decode())


def unseen(text: str) -> bool:
    """Whether nothing private can be seen in the words of a file."""
    plain = text.casefold().replace("\\", "")
    return not re.search(r"qx|471[12]|labelled meeting|globex|novak|finance head", plain) and not any(
        sign.title.casefold() in plain or sign.id.value in plain for sign in SIGNS
    )


@pytest.mark.parametrize("form", OutgoingFormat)
@settings(max_examples=15)
@given(attack=attacks(), minutes=st.integers(min_value=10, max_value=90), invite=st.booleans())
def test_no_private_string_comes_out_of_an_agenda(form: OutgoingFormat, attack: Attack, minutes: int, invite: bool) -> None:
    seen, audience = picture([attack.pair], TODAY), Audience([attack.pair[0]], attack.people, attack.practice)
    asked = Asked(people=attack.people, minutes=minutes, kind=attack.kind, day=TODAY, invite=invite)
    result = client_safe(CLIENT, seen, audience, attack.practice, TODAY, asked, attack.private)
    assert unseen(text_in(form, plan_agenda(result.safe, TODAY, asked), attack.private))


@pytest.mark.parametrize("form", [OutgoingFormat.MD, OutgoingFormat.HTML, OutgoingFormat.DOCX])
@settings(max_examples=15)
@given(attack=attacks())
def test_no_private_string_comes_out_of_a_recap(form: OutgoingFormat, attack: Attack) -> None:
    m = attack.pair[0]
    seen = picture_of_meeting(*attack.pair, TODAY)
    sieve = Sieve(Audience([m], [speaker.name for speaker in m.speakers], Practice(name="Us")), attack.private, touchy(seen))
    assert unseen(text_in(form, plan_recap(CLIENT.name, attack.practice.name, m, seen, sieve), attack.private))


DIRT = st.sampled_from((" ", "  ", "\n", "\n\n", " **", " _", "\u200b ", "\u00ad ", "\n- ", " | ", " `", ", ", " \u2013 "))


@st.composite
def slips(draw: st.DrawFn) -> tuple[str, PrivateWords]:
    """Something private as a person may have written it into an agenda by mistake, and the words that must not be told."""
    six = " ".join(draw(st.lists(WORD, min_size=6, max_size=9)))
    kinds = (
        (six, PrivateWords(texts=(f"and {six} so",))),
        (six, PrivateWords(elsewhere=(f"Well.\n{six}",))),
        ("Globex Forge", PrivateWords(names=("Globex Forge",))),
        ("Marek Novak", PrivateWords(people=("Marek Novak",))),
        (draw(st.sampled_from(SIGNS)).title, PrivateWords()),
    )
    private, forbidden = draw(st.sampled_from(kinds))
    written = "".join(f"{word}{draw(DIRT)}" for word in private.split())
    return draw(st.sampled_from((written, written.upper()))), forbidden


@pytest.mark.parametrize("form", OutgoingFormat)
@settings(max_examples=15)
@given(slip=slips(), at=st.integers(min_value=0, max_value=2000))
def test_what_a_person_writes_into_an_agenda_is_found_in_the_finished_file(
    form: OutgoingFormat, slip: tuple[str, PrivateWords], at: int
) -> None:
    written, forbidden = slip
    plan = plan_agenda(ClientSafe(client="Tarn Mills", practice="Us", people=(), sharing=Sharing()), TODAY, Asked(day=TODAY))
    draft = agenda_page.draft(agenda_page.page(plan))
    first = draft.index("## ")
    place = draft.find(" ", first + at % (len(draft) - first - 100)) + 1
    edited = dataclasses.replace(plan, edited=f"{draft[:place]} {written} {draft[place:]}")
    with Workspace(load({}), now=lambda: NOW) as ws:
        with pytest.raises(Leak):
            finished(ws, edited, form, forbidden)
        assert finished(ws, dataclasses.replace(plan, edited=draft), form, forbidden)


@pytest.mark.parametrize("form", OutgoingFormat)
def test_the_attack_would_be_seen_if_it_came_through(form: OutgoingFormat) -> None:
    sharing = Sharing(doing=("baqx doqx kiqx luqx meqx noqx raqx",))
    safe = ClientSafe(client="Tarn Mills", practice="", people=(), sharing=sharing)
    assert not unseen(text_in(form, plan_agenda(safe, TODAY, Asked(day=TODAY)), PrivateWords()))


@pytest.mark.parametrize("form", OutgoingFormat)
def test_a_standing_agenda_is_clean_even_where_others_are_called_like_its_words(form: OutgoingFormat) -> None:
    others = Elsewhere(
        names=("Business", "Talk Minutes"), people=("Lead Both", "May Year"), said=("nothing to prepare and nothing to buy",)
    )
    private = private_words(CLIENT, None, [], Practice(name="Us"), others)
    for kind in AgendaKind:
        for minutes in (15, 30, 60):
            asked = Asked(minutes=minutes, kind=kind, day=TODAY, invite=True)
            result = client_safe(CLIENT, None, Audience([], (), Practice(name="Us")), Practice(name="Us"), TODAY, asked, private)
            assert text_in(form, plan_agenda(result.safe, TODAY, asked), private)
