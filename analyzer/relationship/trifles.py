"""Which promises are small things, such as a link to send: they are kept or not, and nobody prepares a meeting for them.

A promise is a trifle where nothing is left of it once one takes away how things are handed over, and the small things
themselves. What names anything else ("send the energy figures") is none, and English is the only language that is known here.
"""

import re

from analyzer.names import fold_text
from analyzer.relationship.wordlists import FORM_OF, FUNCTION, NUMBERS

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_HANDED_OVER = frozenset(
    """send share forward resend email mail text ping drop pass give get bring post put pop stick fire show hand return ring call
    phone message reply answer respond confirm check look see find dig have do go come try let know tell say speak talk think
    note jot write type add attach copy include connect introduce click open hold wait turn up over round along across back
    """.split()  # noqa: SIM905 - a block of words reads better
)
_SMALL = frozenset(
    """link links url invite invites invitation invitations calendar diary slot slots recording dial-in dialin zoom teams meet
    address addresses number numbers phone contact contacts login password passcode code screenshot screenshots photo photos
    picture pictures card map directions parking badge wifi key keys coffee tea lunch biscuits message messages email emails mail
    mails line lines note notes word words reminder reminders thing things bit minute minutes moment second seconds sec later
    straight right quickly shortly morning afternoon evening day days week weeks thread chat inbox desk
    """.split()  # noqa: SIM905 - as above
)
_NOTHING_ELSE = (
    _HANDED_OVER | _SMALL | FUNCTION | frozenset(NUMBERS) | {"of", "for", "in", "on", "at", "with", "about", "by", "from"}
)


def is_trifle(what: str) -> bool:
    """Whether a promise, in words, is a small thing, or names nothing at all."""
    words = [fold_text(word.group()).replace("\u2019", "'") for word in _WORD.finditer(what)]
    return all(_says_nothing(word) for word in words)


def _says_nothing(word: str) -> bool:
    contracted = word.endswith(("'ll", "'ve", "'re", "'d", "'m", "'s"))
    return contracted or word in _NOTHING_ELSE or FORM_OF.get(word, word) in _HANDED_OVER
