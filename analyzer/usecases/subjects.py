"""What somebody spoke of when they told how their business is doing, in our own neutral words: never what they said of it."""

import re

MOST = 2  # named in one question

_SUBJECTS = (
    ("orders", r"orders?|order books?"),
    ("sales", r"sales|revenues?|turnover"),
    ("hiring", r"hir(?:e|es|ed|ing|ings)|recruit\w*|vacanc\w+|apprentic\w+"),
    ("costs and prices", r"costs?|prices?|pric(?:ed|ing)|margins?|fees?|rates?"),
    ("suppliers", r"suppliers?|supply"),
    ("customers", r"customers?|buyers?"),
    ("energy", r"energy|electricity|power bills?"),
    ("the season", r"seasons?|summer|winter|spring|autumn|quarters?"),
    ("the move", r"mov(?:e|es|ed|ing) (?:to|into|house|site|premises)|new (?:site|building|premises|hall|depot)"),
    ("investments", r"invest\w*|new machines?|new lines?"),
    ("projects", r"projects?|tenders?|contracts?"),
)
_KNOWN = tuple((subject, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for subject, words in _SUBJECTS)


def subjects(text: str) -> tuple[str, ...]:
    """At most two subjects that the words name, in the order of the words; empty where none is known."""
    found = ((match.start(), subject) for subject, pattern in _KNOWN if (match := pattern.search(text)))
    return tuple(subject for _, subject in sorted(found))[:MOST]
