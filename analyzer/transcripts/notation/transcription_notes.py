"""What Teams and Google write about a transcription, in the user's language: who began and ended it, and what was recorded.

No list of sentences would know all languages. A line like `Eva Garcia stopped transcription` is short, stands alone, and
has the word in it that most languages made of "transcription"; where it has another, it ends as the line above the talk
does that said that it began.
"""

import datetime as dt
import re
from collections.abc import Collection

from analyzer.transcripts.filing import Facts, from_heading

_WORD = re.compile(
    r"trans[ck]r|trascri|tran[sz]kr|\u0442\u0440\u0430\u043d\u0441\u043a\u0440|litter|\u6587\u5b57\u8d77\u3053\u3057|"
    r"\u30c8\u30e9\u30f3\u30b9\u30af\u30ea|\u8f6c\u5f55|\u8f49\u9304|\u807d\u5beb|\u542c\u5199|\uc804\uc0ac|\u0627\u0644\u0646\u0633\u062e",
    re.IGNORECASE,
)
_RECORDED = re.compile(r"[#>*\s]*(?P<title>.*?)-(?P<stamp>\d{8})_\d{6}(?:UTC)?(?:-.*)?", re.IGNORECASE)
_MOST_WORDS = 12
_FEW_WORDS = 3
_LONGEST = 160
_LONGEST_NAME = 300


def mentions(text: str) -> bool:
    """Whether a text has the word for transcription in it."""
    return _WORD.search(text) is not None


def is_about(line: str, names: Collection[str]) -> bool:
    """Whether a line that stands alone says that the transcription began or ended; `names` are those who may have done it."""
    words = line.split()
    if not words or len(words) > _MOST_WORDS or len(line) > _LONGEST or not mentions(line):
        return False
    return len(words) <= _FEW_WORDS or any(line.casefold().startswith(name.casefold()) for name in names if name)


def ends_like(line: str, opening: str) -> bool:
    """Whether a short line ends with the last word of the line that opened the talk, as the line that closes it does."""
    words, opened = line.split(), opening.split()
    short = 1 < len(words) <= _MOST_WORDS and 1 < len(opened) <= _MOST_WORDS
    return short and words[-1].strip(".").casefold() == opened[-1].strip(".").casefold()


def recorded(line: str) -> Facts | None:
    """Title and day in the name of a recording, `Kickoff-20260815_200732-Meeting Recording`; None for any other line."""
    match = _RECORDED.fullmatch(line) if len(line) <= _LONGEST_NAME else None
    if match is None:
        return None
    return Facts(title=from_heading([match["title"]], first_is_title=True).title, date=_day(match["stamp"]))


def _day(digits: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(digits, "%Y%m%d").replace(tzinfo=dt.UTC).date()
    except ValueError:
        return None
