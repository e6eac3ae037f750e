"""How a receipt says where documents lie, without a name of what was forgotten."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from pathlib import PurePath

from analyzer.model.forgetting import KeptPath
from analyzer.names import fold_text

_WORD = re.compile(r"[^\W_]+")
_ANYWHERE = 4  # letters from which a word is looked for within other words, too
_LEAST = 2
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_OF_ANYBODY = frozenset(
    {"the", "and", "of", "for", "und", "der", "die", "das", "von", "de", "la", "le", "los", "las", "el", "et"}
    | {"company", "corporation", "group", "holding", "holdings", "limited"}
    | {
        "ab",
        "ag",
        "as",
        "bv",
        "co",
        "corp",
        "gmbh",
        "inc",
        "kg",
        "llc",
        "llp",
        "lp",
        "ltd",
        "mbh",
        "nv",
        "oy",
        "plc",
        "sa",
        "sas",
    }
    | {"sarl", "se", "spa", "srl", "ug"}
)


def telling(names: Iterable[str]) -> frozenset[str]:
    """The words by which these names are known again, as a path may have them: without case, accents and legal forms."""
    found: set[str] = set()
    for name in names:
        spelled = (fold_text(name), fold_text(name.casefold().translate(_GERMAN)))
        words = {word for text in spelled for word in _WORD.findall(text)}
        told = {word for word in words if len(word) >= _LEAST and word not in _OF_ANYBODY}
        found |= told or words
    return frozenset(found)


def hidden_paths(paths: Sequence[str], words: Collection[str]) -> tuple[KeptPath, ...]:
    """These files as a receipt may name them: in full, by their folder, or by nothing, so that none of the words is in it."""
    whole: list[str] = []
    folders: Counter[str] = Counter()
    for path in dict.fromkeys(paths):
        if not _tells(path, words):
            whole.append(path)
            continue
        folder = str(PurePath(path).parent)
        folders["" if _tells(folder, words) else folder] += 1
    kept = [KeptPath(path=path, files=1, whole=True) for path in sorted(whole)]
    return (*kept, *(KeptPath(path=folder, files=files, whole=False) for folder, files in sorted(folders.items())))


def hidden_path(path: str, words: Collection[str]) -> str:
    """One path as it may be kept: itself, its folder, or nothing."""
    return hidden_paths([path], words)[0].path


def hidden_anew(kept: Iterable[KeptPath], words: Collection[str]) -> tuple[KeptPath, ...]:
    """What an earlier receipt says of files, so that none of these words is in it either."""
    return tuple(one for had in kept for one in _hidden_anew(had, words))


def _hidden_anew(had: KeptPath, words: Collection[str]) -> tuple[KeptPath, ...]:
    if had.whole:
        return hidden_paths([had.path], words)
    return (KeptPath(path="" if _tells(had.path, words) else had.path, files=had.files, whole=False),)


def _tells(path: str, words: Collection[str]) -> bool:
    folded = (fold_text(path), fold_text(path.casefold().translate(_GERMAN)))
    parts = {part for text in folded for part in _WORD.findall(text)}
    return any(word in parts or (len(word) >= _ANYWHERE and any(word in text for text in folded)) for word in words)
