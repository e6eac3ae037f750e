"""The commonest of these questions in German, in the form in which `record.wordings` has the English ones.

They are answered in English, as everything is that the record tells. Days are understood in English alone.
"""

from analyzer.names import fold_text

_LAST = "(zuletzt|das letzte mal|zum letzten mal)"
_FIRST = "(zuerst|das erste mal|zum ersten mal)"
_TALKED = "(gesprochen|geredet|telefoniert)"
_SEEN = "(getroffen|gesehen)"
_MEETING = "(treffen|gespräch|meeting|termin|besprechung|sitzung)"
_MEETINGS = "(treffen|gespräche|meetings|termine|besprechungen|sitzungen)"
_SIGN = "[warn|an]zeichen"
_OPEN = "[(offene|offenen|überfällige|überfälligen) ]"


def _ordered(order: str, ending: str) -> tuple[str, ...]:
    return (
        f"wann (haben|hatten) wir {{who}} {order} {_SEEN}",
        f"wann (haben|hatten) wir uns {order} mit {{who}} {_SEEN}",
        f"wann (haben|hatten) wir uns mit {{who}} {order} {_SEEN}",
        f"wann (haben|hatten) wir uns {order} {_SEEN}",
        f"wann (haben|hatten) wir {order} mit {{who}} {_TALKED}",
        f"wann (haben|hatten) wir mit {{who}} {order} {_TALKED}",
        f"wann war (das|unser|die|unsere) {ending} {_MEETING}[ mit {{who}}]",
    )


_TABLES: dict[str, tuple[str, ...]] = {
    "PROMISES": (
        "was (haben|hatten|habe) (wir|ich) {to}[ alles] (versprochen|zugesagt)",
        "was (hat|haben|hatte) {by} (uns|mir)[ alles] (versprochen|zugesagt)",
        "was (hat|haben|hatte) (uns|mir) {by}[ alles] (versprochen|zugesagt)",
        "was (schulden|schulde) (wir|ich) {to}[ noch]",
        "was (schuldet|schulden) {by} (uns|mir)[ noch]",
        "was (schuldet|schulden) (uns|mir) {by}[ noch]",
        f"[welche ]{_OPEN}(zusagen|versprechen)[ (gibt es|haben wir)][ (an|bei|gegenüber|mit|von) {{who}}]",
    ),
    "ADVICE": (
        "was (haben|hatten|habe) (wir|ich) {who} (geraten|empfohlen|vorgeschlagen)",
        "was (wurde|ist) aus (unserem rat|unseren empfehlungen|unseren vorschlägen)[ (an|bei) {who}][ geworden]",
    ),
    "CLIENTS_WITH_SIGN": (
        "(welche|welcher|welchen)[ unserer] (kunden|kunde) (zeigen|zeigt|haben|hat) {sign}",
        "bei (welchen|welchem)[ unserer] (kunden|kunde) (sehen|hören) wir {sign}",
    ),
    "SIGNS": (
        f"welche {_SIGN} (zeigt|hat) {{who}}",
        f"welche {_SIGN} (sehen|hören) wir bei {{who}}",
        "(zeigt|hat) {who} {sign}",
    ),
    "LAST_MET": _ordered(_LAST, "(letzte|letztes)"),
    "FIRST_MET": _ordered(_FIRST, "(erste|erstes)"),
    "HOW_OFTEN": (
        f"wie oft haben wir {{who}}[ schon] {_SEEN}",
        f"wie oft haben wir uns[ schon][ mit {{who}}] {_SEEN}",
        f"wie oft haben wir[ schon] mit {{who}} {_TALKED}",
        f"wie viele {_MEETINGS} (hatten wir|haben wir|gab es|gibt es)[ mit {{who}}]",
    ),
    "WHO_WAS_THERE": (
        "wer war (dabei|da|anwesend)",
        f"wer war (beim|im|in der|bei der) letzten {_MEETING}[ mit {{who}}][ (dabei|da|anwesend)]",
    ),
    "WHO_WE_MET": (
        f"wen haben wir (bei|von) {{who}}[ schon] {_SEEN}",
        f"mit wem haben wir (bei|von) {{who}}[ schon] {_TALKED}",
    ),
    "MEETINGS": (f"welche {_MEETINGS} (gibt es|gab es|hatten wir)[ mit {{who}}]",),
    "OUR_CLIENTS": ("(wer|welche) sind unsere kunden", "(welche|wie viele) kunden (haben wir|gibt es)"),
}

GERMAN: dict[str, tuple[str, ...]] = {name: tuple(map(fold_text, wordings)) for name, wordings in _TABLES.items()}
"""By the name of the intent, in letters without accents, as the questions are compared."""
