"""Words of others as Markdown text.

They come out as the characters themselves, on one line, and never as a heading, a link, a picture, a table's edge, HTML
or a change of writing direction.
"""

import re

from analyzer.rendering.seen import seen

CUT = "[…]"  # our own mark of what is left out, which stands as it is where it can be nothing else
_LINKING = ("(", "[", "{", ":")  # directly behind it they would make a link, or the place of one
_MARKUP = re.compile(r"([\\`*_\[\]|~$])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_LINE_START = re.compile(r"^(#|[-+=:]|\d+(?=[.)]))")
_CUT = re.compile(r"\\\[…\\\](?![(:{]|\\\[)")  # but before what is _LINKING
_AUTOLINK = re.compile(r"(?i)(://|\bwww\.)")


def plain(text: str, *, begins: bool = True) -> str:
    """Text that Markdown (CommonMark and GitHub's) shows as it is, on one line; `begins` tells that it may begin one."""
    line = _CUT.sub(CUT, _MARKUP.sub(r"\\\1", seen(text).strip()))
    line = _ENTITY.sub("&amp;", line).replace("<", "&lt;").replace(">", "&gt;")
    line = _AUTOLINK.sub(lambda m: f"\\{m[1]}" if m[1] == "://" else f"{m[1][:-1]}\\.", line)
    return _LINE_START.sub(lambda m: f"{m[1]}\\" if m[1].isdigit() else f"\\{m[1]}", line) if begins else line


def beside(told: str, words: str) -> str:
    """Both as one text; what tells that something is cut is no link to the words that come next."""
    if told.endswith(CUT) and words.startswith(_LINKING):
        told = f"{told.removesuffix(CUT)}\\[…\\]"
    return told + words


def code(slug: str) -> str:
    """A slug as it may stand between backticks."""
    return "".join(c for c in slug if c.isalnum() or c in "-_.")
