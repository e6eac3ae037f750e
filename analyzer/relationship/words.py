"""How counts and reasons are worded wherever a picture is put into sentences."""


def meetings(count: int) -> str:
    """The count in words: `1 meeting`, `8 meetings`."""
    return "1 meeting" if count == 1 else f"{count} meetings"


def sentence(text: str) -> str:
    """The text with a capital and an end; empty stays empty."""
    text = text.strip()
    text = text[:1].upper() + text[1:]
    return text if not text or text[-1] in ".!?…”" else f"{text}."
