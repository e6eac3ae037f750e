"""What in captions is neither speech nor speaker: tags, entities, reading aids above characters, a tag that was cut off."""

import html
import re
from collections.abc import Sequence
from dataclasses import replace

from analyzer.transcripts.speech.cues import Block

_TAG = re.compile(r"</?(?:c|i|b|u|s|font|lang|span)(?:[.\s][^<>]*)?>|<\d{1,4}:[\d:.,]+>", re.IGNORECASE)
_READING = re.compile(r"<rt(?:[.\s][^<>]*)?>[^<]*(?:</rt\s*>)?", re.IGNORECASE)
_RUBY = re.compile(r"</?(?:ruby|rt)(?:[.\s][^<>]*)?>", re.IGNORECASE)
_PLACEMENT = re.compile(r"\{\\[^{}]*\}")  # {\an8}, which SRT took over from another format
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_CUT_TAG = re.compile(r"<(?:/?[a-z]{0,4}|/?(?:v|c|i|b|u|s|font|ruby|rt|lang|span)[.\s][^<>]*|\d{2}[\d:.,]*)\Z", re.IGNORECASE)


def without_markup(blocks: Sequence[Block]) -> tuple[list[Block], int]:
    """The captions without tags other than those of voices, and how many reading aids stood above characters."""
    clean: list[Block] = []
    readings = 0
    for block in blocks:
        if not any("<" in line or "{" in line for line in block.lines):
            clean.append(block)
            continue
        bare = [_READING.subn("", _PLACEMENT.sub("", _TAG.sub("", line))) for line in block.lines]
        readings += sum(number for _, number in bare)
        clean.append(replace(block, lines=tuple(_RUBY.sub("", line) for line, _ in bare)))
    return clean, readings


def without_cut_tag(blocks: Sequence[Block]) -> tuple[Sequence[Block], bool]:
    """The captions of a file without the tag that it ends within, and whether it does; what is left of it is no speech."""
    last = blocks[-1].lines[-1].rstrip() if blocks else ""
    cut = _CUT_TAG.search(last, max(0, last.rfind("<")))
    if cut is None:
        return blocks, False
    lines = tuple(filter(str.strip, (*blocks[-1].lines[:-1], last[: cut.start()])))
    return [*blocks[:-1], *([replace(blocks[-1], lines=lines)] if lines else [])], True


def decoded(block: Block) -> Block:
    """The caption with its entities as characters."""
    return replace(block, lines=tuple(map(characters, block.lines))) if any("&" in line for line in block.lines) else block


def characters(text: str) -> str:
    """Entities as characters; only those that end with a semicolon, for `R&D` and `AT&T` are no entities."""
    return _ENTITY.sub(lambda match: html.unescape(match.group()), text) if "&" in text else text
