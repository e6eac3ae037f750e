"""What programs, mail and chat assistants write around a transcript; nobody in the meeting said it."""

# ruff: noqa: RUF001 - quotation marks as programs write them

import re

_LONGEST = 400
_FOOTER = re.compile(
    r"\W*(?:Transcribed by https?://\S+|Transcription ended after .*|This editable transcript was computer.generated.*|"
    r"End of (?:the )?(?:transcript|recording|meeting|interview|call|session|conversation)\W*|"
    r"This (?:transcript|transcription|file|document) was (?:automatically )?(?:exported|generated|created|produced)\b.*|"
    r"Convert your .{1,60} to text with Sonix.*|Sonix is the best .*|"
    r"Sent from my .{1,30}|Get Outlook for .{1,20}|Von meinem .{1,20} gesendet|Envoyé de mon .{1,20}|"
    r"Enviado (?:desde|do) (?:mi|meu) .{1,20}|Inviato da(?:l mio)? .{1,20}|Verzonden vanaf mijn .{1,20})",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"\W*(?:Generated|Transcribed|Powered|Exported|Produced) (?:automatically )?(?:by|with|using|via|from) [^.!?:]{1,60}\W*",
    re.IGNORECASE,
)
_FENCE = re.compile(r"(?:`{3,}|~{3,})[\w-]*")
_OPENING = re.compile(
    r"\W*(?:(?:Sure|Certainly|Of course|Absolutely|Gerne|Natürlich|Klar|Bien sûr|Claro|Por supuesto|Certo)(?: thing)?[!,.].*|"
    r"(?:Here(?:['’]s| is| are| you go)|Below is|I(?:['’]ve| have)|Hier (?:ist|sind)|Voici|Aquí (?:está|tienes)|Ecco|Hier is) "
    r".*(?:transcript|transkript|transcri|trascri|conversation|dialog|version|text).*)",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"\W*(?:(?:Would you like|Do you want|Shall I|Should I|Want) (?:me )?(?:to )?.*\?.*|"
    r"Let me know (?:if|whether|how|what) (?:you|there|I|any|anything)\b.*|"
    r"If you(?:['’]d| would)? (?:like|want|need),? .*I can .*|"
    r"(?:I hope this helps|Feel free to|Is there anything else|I can also|Happy to help)\b.*|"
    r"(?:Möchtest du|Möchten Sie|Soll ich|Lass(?:en Sie)? mich wissen|Sag(?:en Sie)? (?:mir )?(?:einfach )?Bescheid)\b.*|"
    r"(?:Souhaitez-vous|Voulez-vous|Veux-tu|N['’]hésitez pas|Faites-moi savoir|Dites-moi si)\b.*|"
    r"(?:¿Quieres|¿Te gustaría|¿Deseas|Avísame|Hazme saber|Dime si)\b.*)",
    re.IGNORECASE,
)


def is_fence(text: str) -> bool:
    """Whether a line begins or ends a block of code, into which chat assistants put what they were asked for."""
    return text[:1] in {"`", "~"} and _FENCE.fullmatch(text) is not None


def is_footer(text: str, *, opens: bool = False) -> bool:
    """Whether a program wrote this line below or above a transcript; `opens`: the line begins a paragraph."""
    if len(text) > _LONGEST:
        return False
    return is_fence(text) or _FOOTER.fullmatch(text) is not None or (opens and _SIGNATURE.fullmatch(text) is not None)


def introduces(text: str) -> bool:
    """Whether a line above the talk is a chat assistant's, about what it is going to write."""
    return len(text) <= _LONGEST and _OPENING.fullmatch(text) is not None


def closes(text: str) -> bool:
    """Whether a paragraph below the talk is a chat assistant's, about what it could do next."""
    return len(text) <= _LONGEST and _CLOSING.fullmatch(text) is not None
