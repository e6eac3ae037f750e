"""Text of older programs that does not say in which encoding it is."""

import codecs

import pytest

from analyzer.errors import Refused
from analyzer.transcripts.reading import read_file

TALKS: dict[str, tuple[str, str]] = {
    "Polish": (
        "cp1250",
        (
            "Dana: Dzie\u0144 dobry, zaczynamy. Chcia\u0142abym, \u017ceby zarz\u0105d us\u0142ysza\u0142 to od "
            "pa\u0144stwa, bo ju\u017c zdecydowali\u015bmy.\n"
            "\u0141ukasz: Oczywi\u015bcie. My\u015bl\u0119, \u017ce powinni\u015bmy przygotowa\u0107 prezentacj\u0119 "
            "na przysz\u0142y tydzie\u0144.\n"
            "Dana: W\u0142a\u015bnie. Prosz\u0119 przys\u0142a\u0107 mi j\u0105 przed pi\u0105tkiem, \u017cebym "
            "mog\u0142a sprawdzi\u0107 szczeg\u00f3\u0142y.\n"
        ),
    ),
    "Czech": (
        "cp1250",
        (
            "Dana: Dobr\u00fd den, za\u010dneme. Cht\u011bla bych, aby to p\u0159edstavenstvo sly\u0161elo od "
            "v\u00e1s, proto\u017ee jsme se u\u017e rozhodli.\n"
            "Ji\u0159\u00ed: Samoz\u0159ejm\u011b. Mysl\u00edm, \u017ee bychom m\u011bli p\u0159ipravit prezentaci na "
            "p\u0159\u00ed\u0161t\u00ed t\u00fdden a uk\u00e1zat, co to stoj\u00ed.\n"
            "Dana: P\u0159esn\u011b tak. Po\u0161lete mi ji pros\u00edm p\u0159ed p\u00e1tkem, a\u0165 m\u016f\u017eu "
            "zkontrolovat podrobnosti.\n"
        ),
    ),
    "Hungarian": (
        "cp1250",
        (
            "Dana: J\u00f3 napot, kezdj\u00fck. Szeretn\u00e9m, ha az igazgat\u00f3tan\u00e1cs \u00f6n\u00f6kt\u0151l "
            "hallan\u00e1 ezt, mert m\u00e1r d\u00f6nt\u00f6tt\u00fcnk.\n"
            "Gy\u00f6rgy: Igen. \u00dagy gondolom, hogy el\u0151 kellene k\u00e9sz\u00edten\u00fcnk egy "
            "bemutat\u00f3t a j\u00f6v\u0151 h\u00e9tre.\n"
            "Dana: Pontosan. K\u00fcldje el p\u00e9ntek el\u0151tt, hogy ellen\u0151rizhessem a r\u00e9szleteket.\n"
        ),
    ),
    "French": (
        "cp1252",
        (
            "Dana: Bonjour \u00e0 tous, commen\u00e7ons. Je voudrais que le conseil l\u2019entende de vous, o\u00f9 "
            "et quand vous voudrez.\n"
            "Ren\u00e9: Bien s\u00fbr. Il faudra du c\u0153ur, 300 m\u00b3 de papier, et pr\u00e9parer \u00e7a pour "
            "la semaine prochaine. \u00c7a co\u00fbtera.\n"
            "Dana: Voil\u00e0. Envoyez-la-moi s\u2019il vous pla\u00eet avant vendredi, apr\u00e8s l\u2019avoir "
            "cr\u00e9\u00e9e.\n"
        ),
    ),
    "Portuguese": (
        "cp1252",
        (
            "Dana: Bom dia a todos, vamos come\u00e7ar a reuni\u00e3o. J\u00e1 decidimos h\u00e1 tr\u00eas meses, "
            "n\u00e3o \u00e9?\n"
            "Jo\u00e3o: Sim. Acho que dever\u00edamos preparar apresenta\u00e7\u00f5es e mostrar as "
            "condi\u00e7\u00f5es, e quanto v\u00e3o custar.\n"
        ),
    ),
    "Swedish": (
        "cp1252",
        (
            "Dana: L\u00e5t oss b\u00f6rja. Jag vill att styrelsen h\u00f6r det fr\u00e5n er, f\u00f6r vi har redan "
            "best\u00e4mt oss.\n"
            "\u00c5sa: Ja, sj\u00e4lvklart. Jag tycker att vi ska f\u00f6rbereda en presentation till n\u00e4sta "
            "vecka.\n"
        ),
    ),
    "Spanish": (
        "cp1252",
        (
            "Dana: \u00bfQu\u00e9 tal? \u00bfEst\u00e1 claro? \u00bfSe decidi\u00f3 ya?\n"
            "\u00cd\u00f1igo: S\u00ed, ma\u00f1ana. \u00a1Qu\u00e9 bien!\n"
        ),
    ),
    "Dutch": (
        "cp1252",
        "Dana: Re\u00ebel gezien is het een idee.\nSam: E\u00e9n idee, ja.\nDana: Dan gaan we zo door met elkaar.\n",
    ),
    "Danish": (
        "cp1252",
        "Dana: S\u00e5 m\u00f8des vi p\u00e5 m\u00e5ndag, ogs\u00e5 Bj\u00f8rn.\nS\u00f8ren: N\u00e6ppe f\u00f8r \u00e5tte.\n",
    ),
    "English": (
        "cp1252",
        "Dana: It\u2019s fine \u2013 really, \u00a35 \u2026\nSam: \u201cOkay\u201d.\n",
    ),
    "Russian among much English": (
        "cp1251",
        (
            "Dana: We said that it is all in English, and that only he speaks otherwise.\n"
            "\u0418\u0432\u0430\u043d: \u0414\u0430, \u043a\u043e\u043d\u0435\u0447\u043d\u043e, \u0442\u0430\u043a "
            "\u0438 \u0435\u0441\u0442\u044c.\n"
        ),
    ),
    "Japanese": (
        "cp932",
        (
            "\u7530\u4e2d\uff1a\u306f\u3044\u3001\u305d\u3046\u3067\u3059"
            "\u306d\u3002\u305d\u3046\u601d\u3044\u307e\u3059\u3002\n"
            "\u4f50\u85e4\uff1a\u4eca\u65e5\u306f\u3088\u308d\u3057\u304f\u304a\u9858\u3044\u3057\u307e\u3059\u3002\n"
        ),
    ),
}


@pytest.mark.parametrize(("encoding", "talk"), TALKS.values(), ids=TALKS.keys())
@pytest.mark.parametrize("times", [1, 40, 1000])
def test_the_encoding_is_told_by_the_letters(encoding: str, talk: str, times: int) -> None:
    data = (talk * times).encode(encoding)
    transcript = read_file("x.txt", data)
    assert f"was read as {encoding}" in transcript.warnings[0]
    assert [u.speaker for u in transcript.utterances[:2]] == [
        line.replace("\uff1a", ":").split(":")[0] for line in talk.splitlines()[:2]
    ]


GERMAN = "J\u00fcrgen: Sch\u00f6n, da\u00df Sie da sind.\nDana: Gr\u00fc\u00dfe, \u20ac5.\n"
CUT = "the file ends within a letter: it seems to be cut off"
DOUBLY = "the text looks doubly encoded, so names and words may be wrong: export it again"


@pytest.mark.parametrize("begun", [b"\xc3", b"\xe2", b"\xe2\x82", b"\xf0\x9f\x98"])
def test_a_letter_that_the_file_ends_within_is_left_out_and_warned_of(begun: bytes) -> None:
    transcript = read_file("x.txt", (GERMAN + "J\u00fcrgen: Tsch").encode() + begun)
    assert transcript.speakers == ("J\u00fcrgen", "Dana")
    assert transcript.utterances[-1].text == "Tsch"
    assert transcript.warnings == (CUT,)


def test_a_cut_letter_is_one_too_where_the_file_has_the_mark_of_utf_8_and_no_other_letter_tells() -> None:
    transcript = read_file("x.txt", codecs.BOM_UTF8 + b"Dana: Hello.\nSam: No caf\xc3")
    assert (transcript.utterances[-1].text, transcript.warnings) == ("No caf", (CUT,))
    with pytest.raises(Refused, match="says that it is UTF-8-SIG and is not"):
        read_file("x.txt", codecs.BOM_UTF8 + GERMAN.encode("cp1252"))


def test_a_last_letter_of_an_older_program_is_no_cut_one() -> None:
    transcript = read_file("x.txt", "Dana: Hello.\nSam: No caf\u00e9".encode("cp1252"))
    assert transcript.utterances[-1].text == "No caf\u00e9"
    assert "was read as cp1252" in transcript.warnings[0]


def test_a_few_bytes_that_are_not_utf_8_do_not_spoil_the_rest() -> None:
    transcript = read_file("x.txt", (GERMAN * 3).encode() + b"Dana: caf\xe9 au lait.\n")
    assert transcript.utterances[0].text == "Sch\u00f6n, da\u00df Sie da sind."
    assert transcript.utterances[-1].text == "caf\ufffd au lait."
    assert transcript.warnings == ("places that are not UTF-8 like the rest of the file: 1",)


def test_a_few_letters_of_utf_8_do_not_make_an_old_file_one() -> None:
    transcript = read_file("x.txt", (GERMAN * 3).encode("cp1252") + "Dana: caf\u00e9.\n".encode())
    assert transcript.speakers == ("J\u00fcrgen", "Dana")
    assert "was read as cp1252" in transcript.warnings[0]


@pytest.mark.parametrize("wrong", ["cp1252", "latin-1"])
@pytest.mark.parametrize("name", ["J\u00fcrgen", "Ren\u00e9", "\u0141ukasz", "Dana \u2013 Ortiz", "\u0418\u0432\u0430\u043d"])
def test_a_doubly_encoded_text_is_warned_of_and_left_as_it_is(name: str, wrong: str) -> None:
    bytes_ = [bytes([byte]) for byte in name.encode()]
    bent = "".join(byte.decode(wrong, errors="ignore") or byte.decode("latin-1") for byte in bytes_)
    transcript = read_file("x.txt", f"Dana: Hello.\n{bent}: Hi.\nDana: So.\n{bent}: Yes.\n".encode())
    assert DOUBLY in transcript.warnings


@pytest.mark.parametrize("talk", [talk for _, talk in TALKS.values()], ids=TALKS.keys())
def test_no_text_as_people_write_it_looks_doubly_encoded(talk: str) -> None:
    bom = codecs.BOM_UTF8
    for data in (talk.encode(), talk.upper().encode(), bom + talk.encode()):
        assert read_file("x.txt", data).warnings == ()


@pytest.mark.parametrize("end", ["\r\r\n", "\r\n", "\r", "\n"])
def test_a_line_end_that_was_converted_twice_is_one(end: str) -> None:
    vtt = "WEBVTT\n\n1\n00:01.000 --> 00:02.000\n<v Dana>So\nwe did.</v>\n\n2\n00:03.000 --> 00:04.000\n<v Sam>Yes.</v>\n"
    assert [u.text for u in read_file("x", vtt.replace("\n", end).encode()).utterances] == ["So we did.", "Yes."]
