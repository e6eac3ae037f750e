"""What the columns of a table of speech are called, in the languages of those who export it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_SPEAKERS = """
speaker name;speaker;speaker label;speaker id;speakers;participant;participant name;who;sprecher;sprecherin;redner;orateur;
oratrice;intervenant;intervenante;locuteur;hablante;orador;interlocutor;participante;interlocutore;relatore;parlante;falante;
spreker;talare;taler;puhuja;m\u00f3wca;mluv\u010d\u00ed;\u0433\u043e\u0432\u043e\u0440\u044f\u0449\u0438\u0439;
\u0441\u043f\u0438\u043a\u0435\u0440;\u0443\u0447\u0430\u0441\u0442\u043d\u0438\u043a;\u767a\u8a00\u8005;\u8a71\u8005;
\u53d1\u8a00\u4eba;\u8bf4\u8bdd\u4eba;\u8aaa\u8a71\u8005;\ud654\uc790
"""
_ANYBODY = "name;display name;user;user name;person;author;from;sender"
_WORDS = """
sentence;sentences;text;transcript;transcription;transcript text;content;words;utterance;speech;spoken text;dialogue;dialog;
caption;captions;conversation;message;said;what was said;satz;inhalt;gesagt;wortlaut;phrase;texte;contenu;propos;frase;texto;
contenido;conte\u00fado;fala;testo;contenuto;tekst;inhoud;\u0442\u0435\u043a\u0441\u0442;\u0440\u0435\u043f\u043b\u0438\u043a\u0430;
\u767a\u8a00;\u767a\u8a00\u5185\u5bb9;\u5185\u5bb9;\u30c6\u30ad\u30b9\u30c8;\u6587\u672c;\ud14d\uc2a4\ud2b8
"""
_STARTS = """
start;start time;starttime;start timestamp;time;timestamp;time stamp;timecode;begin;begin time;in;time in;offset;beginn;
startzeit;anfang;zeit;zeitstempel;d\u00e9but;heure;heure de d\u00e9but;temps;inicio;in\u00edcio;hora;tiempo;tempo;inizio;ora;
starttijd;tijd;\u043d\u0430\u0447\u0430\u043b\u043e;\u0432\u0440\u0435\u043c\u044f;\u958b\u59cb;\u958b\u59cb\u6642\u9593;
\u6642\u9593;\u65f6\u95f4;\u5f00\u59cb\u65f6\u95f4;\uc2dc\uc791
"""
_ENDS = """
end;end time;endtime;end timestamp;stop;stop time;out;time out;ende;endzeit;fin;heure de fin;fim;fine;eindtijd;
\u043a\u043e\u043d\u0435\u0446;\u7d42\u4e86;\u7d42\u4e86\u6642\u9593;\u7ed3\u675f\u65f6\u95f4;\ub05d
"""
_WHISPERS = ["start", "end", "text"]
_NEW_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])|[\s_\-.]+")
_IN_BRACKETS = re.compile(r"\s*[(\[](?P<inside>[^()\[\]]*)[)\]]$")
_UNIT = re.compile(r" (?P<inside>ms|msec|millis|milliseconds|s|sec|secs|seconds)$")
_MILLISECONDS = frozenset({"ms", "msec", "msecs", "millis", "millisecond", "milliseconds", "millisekunden", "millisecondes"})
_LONGEST = 40


def _all(titles: str) -> tuple[str, ...]:
    return tuple(title.strip() for title in titles.split(";"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Where in a row which column is; no speaker is named in what Whisper writes.

    `titles` are the titles as they are written. `milliseconds` says whether the times are, None where the titles do not tell.
    `surely_speakers` is False where the speakers' title may name the people of any other table (`Name`).
    """

    delimiter: str
    titles: tuple[str, ...]
    speaker: int | None
    words: int
    start: int | None
    end: int | None
    milliseconds: bool | None
    surely_speakers: bool

    @property
    def width(self) -> int:
        """How many cells a row of the table has."""
        return len(self.titles)


def columns(row: Sequence[str], delimiter: str) -> Columns | None:
    """The columns that a row of titles names; None where these are not those of a transcript."""
    titles = [_plain(cell) for cell in row]
    names = [title for title, _ in titles]
    surely, anybody = _place(names, _all(_SPEAKERS)), _place(names, _all(_ANYBODY))
    words, start = _place(names, _all(_WORDS)), _place(names, _all(_STARTS))
    speaker = surely if surely is not None else anybody
    if words is None or (speaker is None and names != _WHISPERS):
        return None
    return Columns(
        delimiter=delimiter,
        titles=tuple(cell.strip() for cell in row),
        speaker=speaker,
        words=words,
        start=start,
        end=_place(names, _all(_ENDS)),
        milliseconds=titles[start][1] if start is not None else None,
        surely_speakers=anybody is None or surely is not None,
    )


def _place(names: Sequence[str], wanted: Sequence[str]) -> int | None:
    """The column with the first of these titles; a `speaker name` comes before the `speaker` beside it, often a number."""
    return next((names.index(title) for title in wanted if title in names), None)


def _plain(cell: str) -> tuple[str, bool | None]:
    """A title in small letters and single spaces without its unit, and whether that is milliseconds."""
    if len(cell) > _LONGEST:
        return "", None
    title = " ".join(_NEW_WORD.sub(" ", cell.strip(" *\"'")).split()).casefold()
    unit = _IN_BRACKETS.search(title) or _UNIT.search(title)
    if unit is None:
        return title, None
    return title[: unit.start()], unit["inside"].strip() in _MILLISECONDS
